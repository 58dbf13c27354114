// Do two photographs show one person?
//
//   dotnet run --project samples/console -- samples/photos/astronaut.png samples/photos/astronaut-dim.jpg
using Semblance;

if (args is not [string first, string second])
{
    Console.Error.WriteLine("usage: ConsoleSample PHOTO PHOTO");
    return 2;
}
try
{
    using FaceAnalyzer analyzer = FaceAnalyzer.CreateDefault();
    VerificationResult result = await analyzer.VerifyAsync(first, second, new() { FalseMatchRate = 1e-4 });
    Console.WriteLine(result.Decision);
    Console.WriteLine($"score {result.Score:0.00}, threshold {result.Threshold:0.00}");
    if (result.CannotTell is { } why)
        Console.WriteLine(string.Join(", ", why.Reasons));
    return result.Match ? 0 : 1;
}
catch (SemblanceException e)
{
    Console.Error.WriteLine(e.Advice);
    return 4;
}
