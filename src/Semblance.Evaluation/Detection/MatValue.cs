namespace Semblance.Evaluation.Detection;

/// <summary>A variable of a MATLAB file.</summary>
/// <param name="Dimensions">Rows, columns, …</param>
/// <param name="Numbers">Column by column; empty for text and cells.</param>
/// <param name="Cells">Column by column; null unless it is a cell array.</param>
/// <param name="Text">Null unless it is text.</param>
internal sealed record MatValue(IReadOnlyList<int> Dimensions, IReadOnlyList<double> Numbers, IReadOnlyList<MatValue>? Cells, string? Text);
