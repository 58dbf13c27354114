namespace Semblance.Attributes;

/// <summary>How much a face looks like a live one rather than like a picture or a screen that shows one. Not calibrated, and not measured
/// here: an aid for people who look, no proof that somebody was in front of the camera.</summary>
/// <param name="Score">What the network says, 0 to 1; larger is more like a live face. No probability.</param>
public sealed record LivenessEstimate(double Score);
