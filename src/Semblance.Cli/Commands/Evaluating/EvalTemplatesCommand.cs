using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Semblance.Evaluation.Comparisons;
using Semblance.Evaluation.Identification;
using Semblance.Evaluation.Json;
using Semblance.Evaluation.Parts;
using Semblance.Evaluation.Running;
using Semblance.Evaluation.Templates;

namespace Semblance.Cli.Commands.Evaluating;

/// <summary><c>semblance eval templates</c>: verification and identification of templates, by lists in the form of IJB.</summary>
internal static class EvalTemplatesCommand
{
    private static readonly Option<string> Faces = new("--faces")
    {
        Description = "List of pictures: name, template and media in every line, as ijbc_face_tid_mid.txt has them.",
        HelpName = "FILE",
        Required = true,
    };

    private static readonly Option<string?> Pairs = new("--pairs")
    {
        Description = "Pairs to verify: two templates and 1 or 0 in every line, as ijbc_template_pair_label.txt has them.",
        HelpName = "FILE",
    };

    private static readonly Option<string[]> Galleries = new("--gallery")
    {
        Description = "Who is enrolled: CSV with TEMPLATE_ID,SUBJECT_ID, as ijbc_1N_gallery_G1.csv; several for several galleries.",
        HelpName = "FILE",
        AllowMultipleArgumentsPerToken = true,
    };

    private static readonly Option<string?> Probes = new("--probes")
    {
        Description = "Who is searched for: CSV as of --gallery; people who are not enrolled are strangers.",
        HelpName = "FILE",
    };

    private static readonly Option<string> Pool = VerifyCommand.Choice(
        "--pool",
        "What a face weighs in its template: its norm, its quality, or as much as any other (mean).",
        "norm",
        "norm",
        "quality",
        "mean"
    );

    private static readonly Option<double> Fpir = new("--fpir")
    {
        Description = "Rate of strangers who may get a name, by which the gallery's own rule sets its threshold.",
        HelpName = "F",
        DefaultValueFactory = _ => Semblance.Gallery.Identifying.IdentifyOptions.DefaultFalsePositiveIdentificationRate,
    };

    public static Command Create()
    {
        Command command = new(
            "templates",
            "Templates of several pictures by the lists of IJB-B and IJB-C: listed pairs are verified (--pairs), probes searched for in "
                + "galleries that do not hold all of them (--gallery, --probes).\n\nExample: semblance eval templates --faces "
                + "ijbc_face_tid_mid.txt --pairs ijbc_template_pair_label.txt --images loose_crop/ --report ijbc-report/ --no-pictures"
        )
        {
            Faces,
            Pairs,
            Galleries,
            Probes,
            EvalOptions.Images,
            Pool,
            Fpir,
            EvalOptions.Json,
            AnalyzerOptions.Embedder,
            AnalyzerOptions.Flip,
        };
        foreach (Option option in (Option[])[.. EvalOptions.ForReports, .. EvalOptions.ForRuns, .. AnalyzerOptions.ForDetection])
            command.Options.Add(option);
        command.SetAction((parsed, stop) => Task.Run(() => RunAsync(parsed, stop), stop));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken stop)
    {
        long start = Stopwatch.GetTimestamp();
        Settings settings = new(parsed);
        string file = parsed.GetRequiredValue(Faces);
        TemplateLists lists = new()
        {
            Faces = TemplateFace.Read(file),
            Pairs = parsed.GetValue(Pairs) is { } pairs ? TemplatePair.Read(pairs) : [],
            Galleries =
            [
                .. (parsed.GetValue(Galleries) ?? []).Select(gallery => new TemplateGallery(
                    Path.GetFileNameWithoutExtension(gallery),
                    TemplateSubject.Read(gallery)
                )),
            ],
            Probes = parsed.GetValue(Probes) is { } probes ? TemplateSubject.Read(probes) : [],
        };
        lists.Validate();
        using FaceAnalyzer analyzer = AnalyzerOptions.Build(settings);
        using PictureProgress progress = new("embedding", settings.Quiet);
        PictureRuns runs = new(analyzer, EvalOptions.Run(parsed, settings, progress));
        string id = Path.GetFileNameWithoutExtension(file);
        (MeasuredPart part, TemplateReport report) = await TemplatePart
            .MeasureAsync(
                runs,
                new(id, $"Templates of {Path.GetFileName(file)}.", PictureSet.Open(parsed.GetRequiredValue(EvalOptions.Images))),
                lists,
                Enum.Parse<TemplatePooling>(parsed.GetValue(Pool)!, ignoreCase: true),
                people => EvalIdentificationCommand.Rule(analyzer, people, parsed.GetValue(Fpir)),
                EvalOptions.Parts(parsed, settings),
                stop
            )
            .ConfigureAwait(false);
        progress.Dispose();
        if (parsed.GetValue(EvalOptions.Json))
            Console.Out.WriteLine(EvaluationJson.SerializeIndented(report));
        else
            Print(report);
        EvalOptions.Write(
            parsed,
            $"Templates with {analyzer.Embedder.Id} on {id}",
            [part],
            analyzer,
            FaceFeatures.None,
            Stopwatch.GetElapsedTime(start)
        );
        return (int)EvalOptions.Failures(runs, report.Pictures);
    }

    private static void Print(TemplateReport report)
    {
        CultureInfo culture = CultureInfo.InvariantCulture;
        TextWriter output = Console.Out;
        output.WriteLine(
            string.Create(
                culture,
                $"templates {report.Templates}, without a face {report.WithoutFace}; stills and videos {report.Media}, pictures "
                    + $"{report.Pictures}, without a face {report.Missed}"
            )
        );
        if (report.Verification is { } verification)
        {
            output.WriteLine(string.Create(culture, $"pairs of one person {verification.Mated}, of strangers {verification.NonMated}"));
            output.WriteLine(string.Create(culture, $"AUC {verification.Auc:0.00000}, equal error rate {verification.Eer:0.0000}"));
            foreach (TrueMatchRate rate in verification.Tar.Where(rate => rate.Supported))
                output.WriteLine(
                    string.Create(culture, $"accepted at FMR {rate.Fmr:0e-0}: {rate.Tar:0.0000}")
                        + (rate.Low is { } low ? string.Create(culture, $" ({low:0.0000} to {rate.High:0.0000})") : "")
                );
        }
        foreach (TemplateIdentification search in report.Identification)
        {
            IdentificationReport found = search.Report;
            output.WriteLine(
                string.Create(
                    culture,
                    $"{search.Gallery}: {found.Enrolled} people, {found.MatedProbes} searches for them, {found.NonMatedProbes} for "
                        + $"strangers; right one first {found.Cmc[0]:0.0000}"
                )
            );
            foreach (OpenSetRate rate in found.Rates.Where(rate => rate.Supported))
                output.WriteLine(
                    string.Create(culture, $"{search.Gallery}: at FPIR {rate.AskedFpir:0e-0} not recognised (FNIR) {rate.Fnir}, ")
                        + $"wrong names {rate.WrongNames}"
                );
            if (found.AtThreshold is { } own)
                output.WriteLine(
                    string.Create(culture, $"{search.Gallery}: the gallery's own rule for {own.AskedFpir:0e-0} names {own.Fpir} of the ")
                        + $"strangers and does not recognise {own.Fnir}"
                );
        }
    }
}
