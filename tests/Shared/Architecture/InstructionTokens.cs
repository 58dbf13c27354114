using System.Reflection.Emit;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;

namespace Semblance.TestSupport.Architecture;

/// <summary>The metadata that the instructions of a method name (ECMA-335, partition III).</summary>
internal static class InstructionTokens
{
    private const byte TwoByteMark = 0xFE;

    private static readonly Dictionary<short, OpCode> Codes = typeof(OpCodes)
        .GetFields()
        .Select(field => field.GetValue(null))
        .OfType<OpCode>()
        .ToDictionary(code => code.Value);

    /// <summary>Methods, fields and types in the order of the instructions.</summary>
    public static List<EntityHandle> Of(MethodBodyBlock body)
    {
        List<EntityHandle> tokens = [];
        BlobReader code = body.GetILReader();
        while (code.RemainingBytes > 0)
        {
            byte first = code.ReadByte();
            short value = first == TwoByteMark ? (short)((TwoByteMark << 8) | code.ReadByte()) : first;
            switch (Codes[value].OperandType)
            {
                case OperandType.InlineField or OperandType.InlineMethod or OperandType.InlineTok or OperandType.InlineType:
                    tokens.Add(MetadataTokens.EntityHandle(code.ReadInt32()));
                    break;
                case OperandType.InlineNone:
                    break;
                case OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar:
                    code.Offset++;
                    break;
                case OperandType.InlineVar:
                    code.Offset += sizeof(short);
                    break;
                case OperandType.InlineI8 or OperandType.InlineR:
                    code.Offset += sizeof(long);
                    break;
                case OperandType.InlineSwitch:
                    int cases = code.ReadInt32();
                    code.Offset += cases * sizeof(int);
                    break;
                default:
                    code.Offset += sizeof(int);
                    break;
            }
        }
        return tokens;
    }
}
