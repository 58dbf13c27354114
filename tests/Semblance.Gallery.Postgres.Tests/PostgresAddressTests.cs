namespace Semblance.Gallery.Postgres.Tests;

public class PostgresAddressTests
{
    [Fact]
    public void Address_reads_a_uri_with_its_own_and_the_drivers_options()
    {
        var address = PostgresAddress.Parse("//ada:p%40ss@db.example:6543/faces?schema=staff&search=hnsw&ef_search=80&Maximum_Pool_Size=7");
        Assert.Equal(
            ("db.example", 6543, "faces", "ada", "p@ss", 7),
            (
                address.Connection.Host,
                address.Connection.Port,
                address.Connection.Database,
                address.Connection.Username,
                address.Connection.Password,
                address.Connection.MaxPoolSize
            )
        );
        Assert.Equal(("staff", PostgresSearchMode.Hnsw, 80), (address.Schema, address.Search, address.EfSearch));
    }

    [Fact]
    public void Address_reads_keywords_and_has_defaults()
    {
        var address = PostgresAddress.Parse("Host=db.example;Database=faces");
        Assert.Equal(("db.example", "faces"), (address.Connection.Host, address.Connection.Database));
        Assert.Equal(("semblance", PostgresSearchMode.Auto, 200), (address.Schema, address.Search, address.EfSearch));
    }

    [Fact]
    public void Address_shows_the_user_and_no_password() =>
        Assert.Equal(
            "postgres://a%40b@db.example:5432/faces?schema=semblance",
            PostgresAddress.Parse("//a%40b:secret@db.example/faces").ToString()
        );

    [Theory]
    [InlineData("//db.example/faces?schema=a;drop", "the schema 'a;drop'")]
    [InlineData("//db.example/faces?search=guess", "search 'guess'")]
    [InlineData("//db.example/faces?ef_search=0", "ef search is '0'")]
    [InlineData("//db.example/faces?colour=red", "cannot be read")]
    [InlineData("no keywords", "cannot be read")]
    public void Address_says_what_is_wrong(string location, string expected) =>
        Assert.Contains(expected, Assert.Throws<GalleryException>(() => PostgresAddress.Parse(location)).Message, StringComparison.Ordinal);
}
