using Semblance.Gallery;
using Semblance.Gallery.Conformance;
using Semblance.Gallery.Postgres;
using Semblance.Gallery.Sqlite;
using Semblance.Gallery.Storage;

// Enrols one person after the other into a gallery, and says of each that they are enrolled, until it is killed.
(string address, int next) = (args[0], int.Parse(args[1]));
GalleryStores stores = new(new SqliteStoreProvider(), new PostgresGalleryProvider());
await using FaceGallery gallery = await FaceGallery.OpenAsync(stores, address);
using Stream output = Console.OpenStandardOutput();
for (; ; next++)
{
    await gallery.EnrolAsync(new(CrashPeople.NameOf(next)), CrashPeople.FacesOf(next));
    output.Write(System.Text.Encoding.ASCII.GetBytes($"{next}\n"));
    output.Flush();
}
