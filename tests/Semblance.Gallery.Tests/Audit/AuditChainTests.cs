using Semblance.Gallery.Audit;

namespace Semblance.Gallery.Tests.Audit;

public sealed class AuditChainTests
{
    private static readonly AuditEvent Enrolled = new(
        DateTimeOffset.UnixEpoch,
        AuditAction.PersonEnrolled,
        new Guid(1, 2, 3, new byte[8]),
        2,
        null
    );

    [Fact]
    public void Chain_follows_when_nothing_was_altered()
    {
        AuditEntry first = AuditChain.Next(null, Enrolled),
            second = AuditChain.Next(first.Head, Enrolled);

        Assert.True(AuditChain.Follows(first, null));
        Assert.True(AuditChain.Follows(second, first.Head));
        Assert.Equal(2, second.Sequence);
    }

    [Fact]
    public void Chain_breaks_when_an_event_is_altered_or_an_entry_left_out()
    {
        AuditEntry first = AuditChain.Next(null, Enrolled),
            second = AuditChain.Next(first.Head, Enrolled),
            third = AuditChain.Next(second.Head, Enrolled);

        Assert.False(AuditChain.Follows(second with { Event = Enrolled with { References = 3 } }, first.Head));
        Assert.False(AuditChain.Follows(second with { Event = Enrolled with { Detail = "x" } }, first.Head));
        Assert.False(AuditChain.Follows(third, first.Head));
        Assert.False(AuditChain.Follows(second, null));
    }

    [Fact]
    public void Receipt_reads_what_it_wrote()
    {
        AuditHead head = AuditChain.Next(null, Enrolled).Head;

        Assert.Equal(head, AuditHead.Parse(head.ToString()));
        Assert.Throws<GalleryException>(() => AuditHead.Parse("1:abc"));
    }
}
