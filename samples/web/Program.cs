// Answers over HTTP in a program of your own; semblance serve is the ready-made service.
//
//   dotnet run --project samples/web -- --urls http://127.0.0.1:5080
//   curl -F picture=@samples/photos/astronaut.png http://127.0.0.1:5080/faces
//   curl -F a=@samples/photos/astronaut.png -F b=@samples/photos/astronaut-dim.jpg http://127.0.0.1:5080/same
using Semblance;
using Semblance.Imaging;
using Semblance.Json;

WebApplicationBuilder builder = WebApplication.CreateBuilder(args);
builder.Services.AddSemblance(builder.Configuration.GetSection("Semblance"));
builder.Services.ConfigureHttpJsonOptions(options => SemblanceJson.Configure(options.SerializerOptions));
WebApplication app = builder.Build();

app.MapPost("/faces", (IFaceAnalyzer analyzer, IFormFile picture, CancellationToken stop) =>
        AnswerAsync(() => analyzer.AnalyzeAsync(Item(picture), new() { Features = FaceFeatures.Quality }, stop))
    )
    .DisableAntiforgery();
app.MapPost("/same", (IFaceAnalyzer analyzer, IFormFile a, IFormFile b, CancellationToken stop) =>
        AnswerAsync(() => analyzer.VerifyAsync(Item(a), Item(b), new(), stop))
    )
    .DisableAntiforgery();
await app.RunAsync();

static PictureItem Item(IFormFile file) => PictureItem.FromStream(file.FileName, _ => ValueTask.FromResult(file.OpenReadStream()));

static async Task<IResult> AnswerAsync<T>(Func<Task<T>> work)
{
    try
    {
        return Results.Ok(await work());
    }
    catch (SemblanceException e)
    {
        // The kind of an error is mapped once, here, whatever went wrong.
        int status = e.Category switch
        {
            ErrorCategory.ImageFormat => StatusCodes.Status415UnsupportedMediaType,
            ErrorCategory.TooLarge => StatusCodes.Status413PayloadTooLarge,
            ErrorCategory.NoFace or ErrorCategory.SeveralFaces or ErrorCategory.Unsupported => StatusCodes.Status422UnprocessableEntity,
            _ => StatusCodes.Status500InternalServerError,
        };
        return Results.Problem(e.Message, statusCode: status, extensions: new Dictionary<string, object?> { ["code"] = e.Code });
    }
}
