using System.Collections.Immutable;
using System.Reflection.Metadata;
using System.Text;

namespace Verification.EndToEnd.Tests.Architecture;

/// <summary>Gathers the types of an assembly that something in it names, however deep in a signature.</summary>
/// <param name="metadata">The assembly.</param>
/// <param name="names">Its types by their names with namespaces.</param>
internal sealed class SeenTypes(MetadataReader metadata, IReadOnlyList<(string Name, TypeDefinitionHandle Type)> names) : ISignatureTypeProvider<ValueTuple, object?>
{
    /// <summary>The types seen.</summary>
    public HashSet<TypeDefinitionHandle> Types { get; } = [];

    /// <summary>Adds what a token names: a type, the type that a member belongs to, the arguments of generics.</summary>
    public void Add(EntityHandle handle)
    {
        if (handle.IsNil)
        {
            return;
        }

        switch (handle.Kind)
        {
            case HandleKind.TypeDefinition:
                Types.Add((TypeDefinitionHandle)handle);
                break;
            case HandleKind.TypeSpecification:
                metadata.GetTypeSpecification((TypeSpecificationHandle)handle).DecodeSignature(this, null);
                break;
            case HandleKind.MethodDefinition:
                Add(metadata.GetMethodDefinition((MethodDefinitionHandle)handle).GetDeclaringType());
                break;
            case HandleKind.FieldDefinition:
                Add(metadata.GetFieldDefinition((FieldDefinitionHandle)handle).GetDeclaringType());
                break;
            case HandleKind.MemberReference:
                Add(metadata.GetMemberReference((MemberReferenceHandle)handle).Parent);
                break;
            case HandleKind.MethodSpecification:
                var method = metadata.GetMethodSpecification((MethodSpecificationHandle)handle);
                method.DecodeSignature(this, null);
                Add(method.Method);
                break;
            default:
                break;
        }
    }

    /// <summary>Adds attributes and the types that their arguments name.</summary>
    public void Add(CustomAttributeHandleCollection attributes)
    {
        foreach (var attribute in attributes.Select(metadata.GetCustomAttribute))
        {
            Add(attribute.Constructor);
            AddNamedIn(Encoding.UTF8.GetString(metadata.GetBlobBytes(attribute.Value)));
        }
    }

    /// <summary>Adds the constraints of type parameters.</summary>
    public void Add(GenericParameterHandleCollection parameters)
    {
        foreach (var constraint in parameters.SelectMany(parameter => metadata.GetGenericParameter(parameter).GetConstraints()))
        {
            Add(metadata.GetGenericParameterConstraint(constraint).Type);
        }
    }

    /// <inheritdoc/>
    public ValueTuple GetTypeFromDefinition(MetadataReader reader, TypeDefinitionHandle handle, byte rawTypeKind)
    {
        Types.Add(handle);
        return default;
    }

    /// <inheritdoc/>
    public ValueTuple GetTypeFromSpecification(
        MetadataReader reader, object? genericContext, TypeSpecificationHandle handle, byte rawTypeKind) =>
        reader.GetTypeSpecification(handle).DecodeSignature(this, genericContext);

    /// <inheritdoc/>
    public ValueTuple GetTypeFromReference(MetadataReader reader, TypeReferenceHandle handle, byte rawTypeKind) => default;

    /// <inheritdoc/>
    public ValueTuple GetArrayType(ValueTuple elementType, ArrayShape shape) => default;

    /// <inheritdoc/>
    public ValueTuple GetByReferenceType(ValueTuple elementType) => default;

    /// <inheritdoc/>
    public ValueTuple GetFunctionPointerType(MethodSignature<ValueTuple> signature) => default;

    /// <inheritdoc/>
    public ValueTuple GetGenericInstantiation(ValueTuple genericType, ImmutableArray<ValueTuple> typeArguments) => default;

    /// <inheritdoc/>
    public ValueTuple GetGenericMethodParameter(object? genericContext, int index) => default;

    /// <inheritdoc/>
    public ValueTuple GetGenericTypeParameter(object? genericContext, int index) => default;

    /// <inheritdoc/>
    public ValueTuple GetModifiedType(ValueTuple modifier, ValueTuple unmodifiedType, bool isRequired) => default;

    /// <inheritdoc/>
    public ValueTuple GetPinnedType(ValueTuple elementType) => default;

    /// <inheritdoc/>
    public ValueTuple GetPointerType(ValueTuple elementType) => default;

    /// <inheritdoc/>
    public ValueTuple GetPrimitiveType(PrimitiveTypeCode typeCode) => default;

    /// <inheritdoc/>
    public ValueTuple GetSZArrayType(ValueTuple elementType) => default;

    /// <summary>Adds the types whose names stand in an attribute's arguments, where types are texts.</summary>
    private void AddNamedIn(string arguments)
    {
        foreach (var (name, type) in names)
        {
            var at = arguments.IndexOf(name, StringComparison.Ordinal);
            if (at >= 0 && (at + name.Length == arguments.Length || !char.IsLetterOrDigit(arguments[at + name.Length])))
            {
                Types.Add(type);
            }
        }
    }
}
