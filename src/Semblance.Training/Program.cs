using Semblance.Training;

return await TrainingApp.RunAsync(args).ConfigureAwait(false);
