using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace Semblance.Conversion.Onnx;

/// <summary>
/// Writes the wire format of Protocol Buffers: fields in the order of the calls. A message stands behind its length, so all of a file is
/// laid out before any of it is written; the elements of tensors are left out of that and fetched one tensor at a time.
/// </summary>
internal sealed class ProtoWriter
{
    private readonly List<object> _parts = [];
    private ArrayBufferWriter<byte> _bytes = new();
    private long _closed;

    /// <summary>Bytes that <see cref="CopyTo"/> writes.</summary>
    public long Length => _closed + _bytes.WrittenCount;

    public void Integer(int field, long value)
    {
        Varint((ulong)field << 3 | (ulong)ProtoWire.Varint);
        Varint((ulong)value);
    }

    public void Single(int field, float value)
    {
        Varint((ulong)field << 3 | (ulong)ProtoWire.Fixed32);
        Span<byte> bytes = stackalloc byte[4];
        BinaryPrimitives.WriteSingleLittleEndian(bytes, value);
        _bytes.Write(bytes);
    }

    public void Text(int field, string value)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(value);
        Announce(field, bytes.Length);
        _bytes.Write(bytes);
    }

    public void Elements(int field, OnnxTensor tensor)
    {
        Announce(field, tensor.Length);
        Append(tensor, tensor.Length);
    }

    public void Message(int field, Action<ProtoWriter> write)
    {
        ProtoWriter inner = new();
        write(inner);
        Announce(field, inner.Length);
        if (inner._parts.Count == 0)
            _bytes.Write(inner._bytes.WrittenSpan);
        else
            Append(inner, inner.Length);
    }

    /// <summary>Writes everything.</summary>
    public void CopyTo(Stream stream, CancellationToken cancellationToken)
    {
        foreach (object part in _parts)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (part is ProtoWriter inner)
                inner.CopyTo(stream, cancellationToken);
            else if (part is OnnxTensor tensor)
                tensor.CopyTo(stream);
            else
                stream.Write(((ArrayBufferWriter<byte>)part).WrittenSpan);
        }
        stream.Write(_bytes.WrittenSpan);
    }

    private void Append(object part, long length)
    {
        _closed = Length + length;
        _parts.Add(_bytes);
        _parts.Add(part);
        _bytes = new();
    }

    private void Announce(int field, long length)
    {
        Varint((ulong)field << 3 | (ulong)ProtoWire.Length);
        Varint((ulong)length);
    }

    private void Varint(ulong value)
    {
        for (; value >= 0x80; value >>= 7)
            _bytes.Write([(byte)(value | 0x80)]);
        _bytes.Write([(byte)value]);
    }
}

/// <summary>How a field is laid out.</summary>
internal enum ProtoWire
{
    Varint = 0,
    Fixed64 = 1,
    Length = 2,
    Fixed32 = 5,
}
