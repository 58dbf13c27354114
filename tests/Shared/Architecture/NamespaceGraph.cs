using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Text;
using System.Text.RegularExpressions;

namespace Semblance.TestSupport.Architecture;

/// <summary>
/// Which namespaces of an assembly know which others of it, read from what was compiled: bases, members, attributes and the instructions of
/// methods. Constants are not seen, since the compiler copies them.
/// </summary>
internal sealed partial class NamespaceGraph
{
    private readonly MetadataReader _metadata;
    private readonly PEReader _file;
    private readonly Dictionary<string, string> _namespaces;

    private NamespaceGraph(PEReader file)
    {
        _file = file;
        _metadata = file.GetMetadataReader();
        _namespaces = _metadata
            .TypeDefinitions.Where(handle => _metadata.GetTypeDefinition(handle).GetDeclaringType().IsNil)
            .ToDictionary(FullName, NamespaceOf);
        foreach (TypeDefinitionHandle handle in _metadata.TypeDefinitions)
            Read(handle);
    }

    /// <summary>From which namespace to which, with the types that bring it about.</summary>
    public Dictionary<(string From, string To), HashSet<string>> Edges { get; } = [];

    /// <summary>All namespaces.</summary>
    public IEnumerable<string> Namespaces => _namespaces.Values.Where(name => name.Length > 0).Distinct();

    /// <summary>Reads an assembly.</summary>
    /// <param name="path">Its file.</param>
    public static NamespaceGraph Of(string path)
    {
        using PEReader file = new(File.OpenRead(path));
        return new(file);
    }

    private void Read(TypeDefinitionHandle handle)
    {
        TypeDefinition type = _metadata.GetTypeDefinition(handle);
        string from = NamespaceOf(handle),
            user = FullName(Outermost(handle));
        if (from.Length == 0)
            return;
        ReferencedTypes signatures = new(found => Add(from, user, found));
        Follow(type.BaseType);
        foreach (InterfaceImplementationHandle implemented in type.GetInterfaceImplementations())
            Follow(_metadata.GetInterfaceImplementation(implemented).Interface);
        foreach (FieldDefinitionHandle field in type.GetFields())
            _metadata.GetFieldDefinition(field).DecodeSignature(signatures, null);
        foreach (CustomAttributeHandle attribute in type.GetCustomAttributes().Concat(type.GetProperties().SelectMany(Attributes)))
            Read(attribute);
        foreach (MethodDefinitionHandle methodHandle in type.GetMethods())
        {
            MethodDefinition method = _metadata.GetMethodDefinition(methodHandle);
            method.DecodeSignature(signatures, null);
            if (method.RelativeVirtualAddress == 0)
                continue;
            MethodBodyBlock body = _file.GetMethodBody(method.RelativeVirtualAddress);
            if (!body.LocalSignature.IsNil)
                _metadata.GetStandaloneSignature(body.LocalSignature).DecodeLocalSignature(signatures, null);
            foreach (EntityHandle token in InstructionTokens.Of(body))
                Follow(token);
        }

        void Follow(EntityHandle entity)
        {
            switch (entity.Kind)
            {
                case HandleKind.TypeDefinition when !entity.IsNil:
                    Add(from, user, (TypeDefinitionHandle)entity);
                    break;
                case HandleKind.TypeSpecification:
                    _metadata.GetTypeSpecification((TypeSpecificationHandle)entity).DecodeSignature(signatures, null);
                    break;
                case HandleKind.MethodDefinition:
                    Add(from, user, _metadata.GetMethodDefinition((MethodDefinitionHandle)entity).GetDeclaringType());
                    break;
                case HandleKind.FieldDefinition:
                    Add(from, user, _metadata.GetFieldDefinition((FieldDefinitionHandle)entity).GetDeclaringType());
                    break;
                case HandleKind.MemberReference:
                    Follow(_metadata.GetMemberReference((MemberReferenceHandle)entity).Parent);
                    break;
                case HandleKind.MethodSpecification:
                    MethodSpecification generic = _metadata.GetMethodSpecification((MethodSpecificationHandle)entity);
                    generic.DecodeSignature(signatures, null);
                    Follow(generic.Method);
                    break;
            }
        }

        // Types among an attribute's arguments are written as their names.
        void Read(CustomAttributeHandle attribute)
        {
            CustomAttribute value = _metadata.GetCustomAttribute(attribute);
            Follow(value.Constructor);
            foreach (Match name in TypeName().Matches(Encoding.UTF8.GetString(_metadata.GetBlobBytes(value.Value))))
                if (_namespaces.TryGetValue(name.Value, out string? to))
                    Add(from, user, to, name.Value);
        }

        IEnumerable<CustomAttributeHandle> Attributes(PropertyDefinitionHandle property) =>
            _metadata.GetPropertyDefinition(property).GetCustomAttributes();
    }

    private void Add(string from, string user, TypeDefinitionHandle to) => Add(from, user, NamespaceOf(to), FullName(Outermost(to)));

    private void Add(string from, string user, string to, string used)
    {
        if (from == to || to.Length == 0)
            return;
        if (!Edges.TryGetValue((from, to), out HashSet<string>? users))
            Edges.Add((from, to), users = []);
        users.Add($"{user} -> {used}");
    }

    private TypeDefinitionHandle Outermost(TypeDefinitionHandle handle)
    {
        while (_metadata.GetTypeDefinition(handle).GetDeclaringType() is { IsNil: false } outer)
            handle = outer;
        return handle;
    }

    /// <summary>Empty for what the compiler adds.</summary>
    private string NamespaceOf(TypeDefinitionHandle handle)
    {
        string name = _metadata.GetString(_metadata.GetTypeDefinition(Outermost(handle)).Namespace);
        return name.StartsWith(nameof(Semblance), StringComparison.Ordinal) ? name : "";
    }

    private string FullName(TypeDefinitionHandle handle)
    {
        TypeDefinition type = _metadata.GetTypeDefinition(handle);
        return $"{_metadata.GetString(type.Namespace)}.{_metadata.GetString(type.Name)}";
    }

    [GeneratedRegex(@"Semblance(\.\w+)+(`\d+)?")]
    private static partial Regex TypeName();
}
