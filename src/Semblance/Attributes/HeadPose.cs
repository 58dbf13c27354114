namespace Semblance.Attributes;

/// <summary>How a head is turned, in degrees.</summary>
/// <param name="Yaw">Turned about the upright axis; 0 faces the camera, positive looks towards the picture's left, that is to the person's
/// right.</param>
/// <param name="Pitch">Nodding; positive looks up. Its zero depends on the camera's height and is the least certain of the three.</param>
/// <param name="Roll">Tilted in the picture's plane; positive is clockwise in the picture.</param>
public sealed record HeadPose(double Yaw, double Pitch, double Roll);
