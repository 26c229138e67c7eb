using System.Reflection;
using System.Text;
using System.Text.Json;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Verification.Mutations;

/// <summary>A project of the product in memory, compiled as the build compiles it: a change costs no build.</summary>
internal sealed class Product
{
    private readonly CSharpCommandLineArguments _arguments;
    private readonly Compilation _compilation;

    private Product(CSharpCommandLineArguments arguments)
    {
        _arguments = arguments;
        var options = arguments.ParseOptions.WithDocumentationMode(DocumentationMode.None);
        var compilation = CSharpCompilation.Create(
            arguments.CompilationName,
            arguments.SourceFiles.Select(file => CSharpSyntaxTree.ParseText(File.ReadAllText(file.Path), options, Short(file.Path), Encoding.UTF8)),
            arguments.MetadataReferences.Select(reference => MetadataReference.CreateFromFile(reference.Reference, reference.Properties)),
            arguments.CompilationOptions.WithGeneralDiagnosticOption(ReportDiagnostic.Suppress));
        Sources = [.. compilation.SyntaxTrees];
        var generators = arguments.AnalyzerReferences
            .SelectMany(analyzer => new AnalyzerFileReference(analyzer.FilePath, new Loader()).GetGenerators(LanguageNames.CSharp));
        CSharpGeneratorDriver.Create(generators, parseOptions: options)
            .RunGeneratorsAndUpdateCompilation(compilation, out _compilation, out _);

        string Short(string path) => Path.GetRelativePath(arguments.BaseDirectory!, path);
    }

    /// <summary>Its files, with paths from the project's folder.</summary>
    public IReadOnlyList<SyntaxTree> Sources { get; }

    /// <summary>Asks the build how it compiles a project.</summary>
    /// <param name="folder">The project's folder.</param>
    public static async Task<Product> ReadAsync(string folder)
    {
        // The last: as if its output were not there, so that the compiler would be called.
        var (_, answer) = await Dotnet.RunAsync(
            [
                "msbuild", folder, "-restore", "-t:PrepareResources;Compile", "-getItem:CscCommandLineArgs", "-p:ProvideCommandLineArgs=true",
                "-p:SkipCompilerExecution=true", "-p:BuildProjectReferences=false", "-p:NonExistentFile=never",
            ],
            TimeSpan.FromMinutes(5));
        using var json = JsonDocument.Parse(answer);
        var arguments = json.RootElement.GetProperty("Items").GetProperty("CscCommandLineArgs").EnumerateArray()
            .Select(argument => argument.GetProperty("Identity").GetString()!);
        return new Product(CSharpCommandLineParser.Default.Parse(arguments, folder, sdkDirectory: null));
    }

    /// <summary>Writes the assembly, with a change or without; false when it does not compile.</summary>
    public bool TryWrite(Mutation? mutation, string path)
    {
        var changed = mutation is null ? _compilation : _compilation.ReplaceSyntaxTree(mutation.Tree, mutation.Apply());
        using var assembly = new MemoryStream();
        var written = changed.Emit(assembly, manifestResources: _arguments.ManifestResources).Success;
        if (written)
        {
            File.WriteAllBytes(path, assembly.ToArray());
        }

        return written;
    }

    private sealed class Loader : IAnalyzerAssemblyLoader
    {
        public void AddDependencyLocation(string fullPath)
        {
        }

        public Assembly LoadFromPath(string fullPath) => Assembly.LoadFrom(fullPath);
    }
}
