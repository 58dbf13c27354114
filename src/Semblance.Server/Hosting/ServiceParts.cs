using Semblance.Server.Access;
using Semblance.Server.Bodies;
using Semblance.Server.Events;
using Semblance.Server.Galleries;
using Semblance.Server.Keys;
using Semblance.Server.Work;

namespace Semblance.Server.Hosting;

/// <summary>What routes work with.</summary>
internal sealed record ServiceParts(
    ServiceOptions Options,
    GallerySet Galleries,
    FaceWork Work,
    BodyReader Bodies,
    LiveSettings Settings,
    Policy Policy,
    KeyRing Keys,
    KeyCheck KeyCheck,
    AccessLog AccessLog,
    EventHub Events,
    ServiceMetrics Metrics
);
