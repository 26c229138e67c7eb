using System.Collections.Immutable;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;

namespace Verification.EndToEnd.Tests.Architecture;

/// <summary>
/// Which types of an assembly name which others of it, on what the compiler saw: bases, constraints, attributes, members, the bodies of
/// methods, and comments. A nested type counts for the one around it. Constants of enums are numbers by then, and not seen.
/// </summary>
internal sealed class CompiledTypes
{
    private readonly MetadataReader _metadata;
    private readonly PEReader _file;
    private readonly HashSet<TypeArrow> _arrows = [];
    private readonly (string Name, TypeDefinitionHandle Type)[] _names;

    private CompiledTypes(PEReader file)
    {
        _file = file;
        _metadata = file.GetMetadataReader();
        _names = [.. _metadata.TypeDefinitions.Select(type => (NameOf(type), type)).Where(it => it.Item1[0] != '.')];
    }

    /// <summary>Reads an assembly's file, and the documentation beside it where there is one.</summary>
    public static ImmutableArray<TypeArrow> Read(string path)
    {
        using var file = new PEReader(File.OpenRead(path));
        var types = new CompiledTypes(file);
        foreach (var handle in types._metadata.TypeDefinitions)
        {
            types.ReadType(handle);
        }

        var documents = Path.ChangeExtension(path, ".xml");
        if (File.Exists(documents))
        {
            types._arrows.UnionWith(Documents.Read(documents, types._names.Select(it => it.Name).ToHashSet()));
        }

        return [.. types._arrows.Where(arrow => arrow.From != arrow.To).OrderBy(arrow => arrow.From).ThenBy(arrow => arrow.To)];
    }

    private string NameOf(TypeDefinitionHandle handle)
    {
        var type = _metadata.GetTypeDefinition(handle);
        while (!type.GetDeclaringType().IsNil)
        {
            type = _metadata.GetTypeDefinition(type.GetDeclaringType());
        }

        return $"{_metadata.GetString(type.Namespace)}.{_metadata.GetString(type.Name)}";
    }

    private void ReadType(TypeDefinitionHandle handle)
    {
        var type = _metadata.GetTypeDefinition(handle);
        var seen = new SeenTypes(_metadata, _names);
        seen.Add(type.BaseType);
        foreach (var port in type.GetInterfaceImplementations())
        {
            seen.Add(_metadata.GetInterfaceImplementation(port).Interface);
        }

        foreach (var field in type.GetFields().Select(_metadata.GetFieldDefinition))
        {
            field.DecodeSignature(seen, genericContext: null);
            seen.Add(field.GetCustomAttributes());
        }

        foreach (var property in type.GetProperties().Select(_metadata.GetPropertyDefinition))
        {
            seen.Add(property.GetCustomAttributes());
        }

        foreach (var method in type.GetMethods().Select(_metadata.GetMethodDefinition))
        {
            ReadMethod(method, seen);
        }

        seen.Add(type.GetCustomAttributes());
        seen.Add(type.GetGenericParameters());
        var me = NameOf(handle);
        _arrows.UnionWith(seen.Types.Select(other => new TypeArrow(me, NameOf(other))));
    }

    private void ReadMethod(MethodDefinition method, SeenTypes seen)
    {
        method.DecodeSignature(seen, genericContext: null);
        seen.Add(method.GetCustomAttributes());
        seen.Add(method.GetGenericParameters());
        foreach (var parameter in method.GetParameters())
        {
            seen.Add(_metadata.GetParameter(parameter).GetCustomAttributes());
        }

        if (method.RelativeVirtualAddress == 0)
        {
            return;
        }

        var body = _file.GetMethodBody(method.RelativeVirtualAddress);
        if (!body.LocalSignature.IsNil)
        {
            _metadata.GetStandaloneSignature(body.LocalSignature).DecodeLocalSignature(seen, genericContext: null);
        }

        foreach (var region in body.ExceptionRegions)
        {
            seen.Add(region.CatchType);
        }

        foreach (var token in Instructions.TokensOf(body.GetILReader()))
        {
            seen.Add(MetadataTokens.EntityHandle(token));
        }
    }
}
