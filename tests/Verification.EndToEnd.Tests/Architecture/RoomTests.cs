using System.Reflection;

namespace Verification.EndToEnd.Tests.Architecture;

/// <summary>The rooms of every project, its folders, refer to each other one way; its root stands above them and none names it.</summary>
public sealed class RoomTests
{
    private const string Made = "Verification.EndToEnd.Tests.Architecture.Made";

    // These folders have every assembly; the contracts are generated.
    private static readonly string[] Folders = [FolderOf("server"), FolderOf("permitctl"), FolderOf("audit")];

    public static TheoryData<string> Projects =>
        [.. Repository.Projects.Select(project => Path.GetFileNameWithoutExtension(project)).Where(name => name != "Verification.Contracts")];

    [Theory]
    [MemberData(nameof(Projects))]
    public void Rooms_OfEveryProject_ReferOneWay(string project)
    {
        var circle = RoomsOf(project).FindCircle();

        Assert.True(circle.IsEmpty, $"Rooms of {project} stand in a circle:\n{string.Join('\n', circle.Select(arrow => $"{arrow.From} -> {arrow.To}"))}");
    }

    [Theory]
    [MemberData(nameof(Projects))]
    public void Rooms_OfEveryProject_DoNotNameItsRoot(string project) => Assert.Empty(RoomsOf(project).NamingTheRoot);

    /// <summary>A circle made for the purpose, each of whose arrows is of another kind.</summary>
    [Theory]
    [InlineData("Base")]
    [InlineData("Port")]
    [InlineData("Field")]
    [InlineData("Parameter")]
    [InlineData("Body")]
    [InlineData("Local")]
    [InlineData("Caught")]
    [InlineData("Argument")]
    [InlineData("Constraint")]
    [InlineData("Attribute")]
    [InlineData("AttributeArgument")]
    [InlineData("Lambda")]
    public void FindCircle_RoomsThatReferToEachOther_TellsTheTypes(string kind)
    {
        var arrows = CompiledTypes.Read(typeof(RoomTests).Assembly.Location)
            .Where(arrow => !arrow.From.StartsWith($"{Made}.East.", StringComparison.Ordinal) || arrow.From == $"{Made}.East.{kind}");

        var circle = new RoomMap(Made, arrows).FindCircle();

        Assert.Equal(2, circle.Length);
        Assert.Contains(circle, arrow => arrow.From == $"{Made}.East.{kind}" && arrow.To.StartsWith($"{Made}.West.", StringComparison.Ordinal));
    }

    [Fact]
    public void FindCircle_LongWayRound_IsFound()
    {
        TypeArrow[] arrows = [new("P.A.X", "P.B.X"), new("P.B.X", "P.C.X"), new("P.C.X", "P.D.X"), new("P.D.Y", "P.B.Y"), new("P.A.X", "P.X")];

        Assert.Equal(["P.B.X", "P.C.X", "P.D.Y"], new RoomMap("P", arrows).FindCircle().Select(arrow => arrow.From));
        Assert.Equal([new TypeArrow("P.A.X", "P.X")], new RoomMap("P", arrows).NamingTheRoot);
        Assert.Empty(new RoomMap("P", arrows[..3]).FindCircle());
    }

    private static RoomMap RoomsOf(string project)
    {
        var name = project == "Verification.Cli" ? "permitctl.dll" : $"{project}.dll";
        var path = Folders.Select(folder => Path.Combine(folder, name)).First(File.Exists);
        return new RoomMap(project, CompiledTypes.Read(path));
    }

    private static string FolderOf(string program) => Path.GetDirectoryName(
        typeof(RoomTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(entry => entry.Key == program).Value!)!;
}
