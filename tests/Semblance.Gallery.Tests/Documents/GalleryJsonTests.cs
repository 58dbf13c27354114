using System.Text.Json;
using Semblance.Gallery.Audit;
using Semblance.Gallery.Documents;
using Semblance.Matching;

namespace Semblance.Gallery.Tests.Documents;

public sealed class GalleryJsonTests
{
    private static readonly Guid Id = new("00000000-0000-0000-0000-000000000001");
    private static readonly DateTimeOffset Day = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    /// <summary>No contract but the generated ones: what they do not know cannot be written.</summary>
    private static JsonSerializerOptions Options
    {
        get
        {
            JsonSerializerOptions options = new();
            GalleryJson.Configure(options);
            return options;
        }
    }

    [Fact]
    public void Documents_are_written_by_the_contracts_that_a_program_registers()
    {
        AuditDocument entry = new(7, Day, AuditAction.PersonEnrolled, Id, 2, null, null, null, null, "a", "b");
        Assert.Equal(
            """
            {"sequence":7,"at":"2026-01-02T03:04:05+00:00","action":"person-enrolled","personId":"00000000-0000-0000-0000-000000000001","references":2,"previousHash":"a","hash":"b"}
            """,
            JsonSerializer.Serialize(entry, Options)
        );
        ReferenceDocument reference = new(Id, null, ["front"], "a.jpg", null, 0.5, 9.5, null, null, Crop: false, Day);
        PersonDocument person = new(Id, "Ada", null, null, null, null, null, null, Day, null, null) { References = [reference] };
        Assert.Equal(
            """
            {"id":"00000000-0000-0000-0000-000000000001","name":"Ada","enrolledAt":"2026-01-02T03:04:05+00:00","references":[{"id":"00000000-0000-0000-0000-000000000001","tags":["front"],"source":"a.jpg","quality":0.5,"norm":9.5,"crop":false,"enrolledAt":"2026-01-02T03:04:05+00:00"}]}
            """,
            JsonSerializer.Serialize(person, Options)
        );
        PersonVerificationDocument answer = new("a.jpg", Id, "Ada", false, Decision.CannotTell, 0.5, 0.25, 0.2155, 1e-4, null, null);
        Assert.Contains("\"match\":false,\"decision\":\"cannot-tell\",\"similarity\":0.5", JsonSerializer.Serialize(answer, Options));
        Assert.Throws<NotSupportedException>(() => JsonSerializer.Serialize(new { id = 1 }, Options));
    }

    [Fact]
    public void Documents_are_read_back_as_they_were()
    {
        AuditDocument entry = new(7, Day, AuditAction.PersonEnrolled, Id, 2, "x", "y", "z", "d", "a", "b");
        Assert.Equal(entry, JsonSerializer.Deserialize<AuditDocument>(JsonSerializer.Serialize(entry, Options), Options));
    }
}
