using System.Collections.Immutable;

namespace Verification.EndToEnd.Tests.Architecture;

/// <summary>
/// The rooms of a project and who looks into which. A room is the first part of a namespace below the project's root; the root itself,
/// above all rooms, is the empty name.
/// </summary>
internal sealed class RoomMap
{
    private readonly string _root;
    private readonly ILookup<string, (string To, TypeArrow Arrow)> _arrows;

    /// <summary>The rooms that these types make below a root.</summary>
    public RoomMap(string root, IEnumerable<TypeArrow> arrows)
    {
        _root = root;
        _arrows = (from arrow in arrows
                   let @from = RoomOf(arrow.From)
                   let to = RoomOf(arrow.To)
                   where @from is not null && to is not null && @from != to
                   select (From: @from, To: to, Arrow: arrow)).ToLookup(it => it.From, it => (it.To, it.Arrow));
    }

    /// <summary>The rooms that look into others.</summary>
    public IEnumerable<string> Rooms => _arrows.Select(group => group.Key);

    /// <summary>The types of rooms that name types of the root.</summary>
    public IEnumerable<TypeArrow> NamingTheRoot =>
        _arrows.Where(group => group.Key.Length > 0).SelectMany(group => group.Where(it => it.To.Length == 0).Select(it => it.Arrow));

    /// <summary>A shortest way from a room back to itself, type by type; empty when no rooms stand in a circle.</summary>
    public ImmutableArray<TypeArrow> FindCircle() =>
        Rooms.Select(WayBackTo).Where(way => !way.IsEmpty).OrderBy(way => way.Length).FirstOrDefault([]);

    private ImmutableArray<TypeArrow> WayBackTo(string room)
    {
        var ways = new Dictionary<string, ImmutableArray<TypeArrow>>();
        var open = new Queue<(string Room, ImmutableArray<TypeArrow> Way)>([(room, [])]);
        while (open.TryDequeue(out var here))
        {
            foreach (var (to, arrow) in _arrows[here.Room])
            {
                if (ways.TryAdd(to, here.Way.Add(arrow)))
                {
                    open.Enqueue((to, ways[to]));
                }
            }
        }

        return ways.GetValueOrDefault(room, []);
    }

    /// <summary>The room of a type; null for what a compiler or generator has put outside the project's namespaces.</summary>
    private string? RoomOf(string type) =>
        !type.StartsWith(_root + ".", StringComparison.Ordinal) ? null
        : type.IndexOf('.', _root.Length + 1) is > 0 and var end ? type[(_root.Length + 1)..end]
        : string.Empty;
}
