// Enrols people from folders named after them, then says who is on a photograph.
//
//   dotnet run --project samples/gallery -- people.db staff/ party.jpg
using Semblance;
using Semblance.Gallery;
using Semblance.Gallery.Enrolling;
using Semblance.Gallery.Sqlite;
using Semblance.Gallery.Storage;
using Semblance.Imaging;

if (args is not [string file, string staff, string photo])
{
    Console.Error.WriteLine("usage: GallerySample DATABASE FOLDER PHOTO");
    return 2;
}
try
{
    using FaceAnalyzer analyzer = FaceAnalyzer.CreateDefault();
    (FaceGallery gallery, _) = await FaceGallery.OpenOrCreateAsync(
        new GalleryStores(new SqliteStoreProvider()),
        $"sqlite:{file}",
        new() { Contract = GalleryContract.Of(analyzer.Embedder) }
    );
    await using (gallery)
    {
        foreach (string folder in Directory.EnumerateDirectories(staff).Order())
        {
            string name = Path.GetFileName(folder);
            PictureEnrolment enrolment = await gallery.EnrolAsync(
                analyzer,
                new PersonDraft(name),
                [.. Directory.EnumerateFiles(folder).Order().Select(PictureItem.FromFile)]
            );
            Console.WriteLine($"{name}: {enrolment.Enrolment?.Added.Count ?? 0} references added");
            foreach (EnrolmentPhoto refused in enrolment.Photos.Where(picture => picture.Rejections.Count > 0))
                Console.WriteLine($"  {refused.File}: {string.Join("; ", refused.Rejections.Select(reason => reason.Message))}");
        }
        ImageAnalysis seen = await gallery.IdentifyAsync(analyzer, PictureItem.FromFile(photo));
        foreach (AnalyzedFace face in seen.Faces!)
            Console.WriteLine(
                face.Person switch
                {
                    { Name: { } name, Similarity: var similarity } => $"{name}, similarity {similarity:0.00}",
                    { CannotTell: { } reason } => $"cannot tell: {reason}",
                    var nobody => $"unknown: {nobody?.Unknown}",
                }
            );
    }
    return 0;
}
catch (SemblanceException e)
{
    Console.Error.WriteLine(e.Advice);
    return 4;
}
