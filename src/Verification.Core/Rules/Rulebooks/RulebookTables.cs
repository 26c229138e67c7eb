using System.Collections.Immutable;
using Verification.Core.Permits;
using Verification.Core.Rules.Codes;
using Verification.Core.Rules.Dates;
using Verification.Core.Rules.Entitlements;

namespace Verification.Core.Rules.Rulebooks;

/// <summary>
/// Reads the entitlement tables of a rulebook file: the first has a row for every entitlement that the rulebook knows, a later one those
/// that change.
/// </summary>
internal static class RulebookTables
{
    private static readonly (PermitKind Kind, Func<RulebookFile.EntitlementRowEntry, string?> Cell)[] Columns =
    [
        (PermitKind.WorkResidencePermit, row => row.WorkResidencePermit),
        (PermitKind.ResidencePermit, row => row.ResidencePermit),
        (PermitKind.ResidenceRegistrationCard, row => row.ResidenceRegistrationCard),
        (PermitKind.TemporaryResidencePermit, row => row.TemporaryResidencePermit),
        (PermitKind.EmployerRegistration, row => row.EmployerRegistration),
    ];

    public static Dated<EntitlementTable> Read(IReadOnlyList<RulebookFile.EntitlementTableEntry> tables)
    {
        var rows = new SortedDictionary<Entitlement, RulebookFile.EntitlementRowEntry>();
        RulebookFile.HolderOnlyEntry? holderOnly = null;
        var dated = new List<(DateOnly From, EntitlementTable Table)>();
        foreach (var table in tables)
        {
            var changed = table.Rows.ToDictionary(row => RulebookReader.Code<Entitlement>(row.Entitlement));
            if (dated.Count == 0
                ? !changed.Keys.SequenceEqual(Enum.GetValues<Entitlement>().Take(changed.Count))
                : changed.Keys.Any(entitlement => !rows.ContainsKey(entitlement)))
            {
                throw new FormatException(
                    "The first entitlement table has one row for every entitlement, in order; later ones have none besides.");
            }

            foreach (var (entitlement, row) in changed)
            {
                rows[entitlement] = row;
            }

            holderOnly = table.HolderOnly ?? holderOnly ?? throw new FormatException("The first entitlement table says what is the holder's only.");
            dated.Add((table.From, new EntitlementTable(Cells(rows, holderOnly))));
        }

        return new Dated<EntitlementTable>(dated);
    }

    private static IEnumerable<EntitlementCell> Cells(
        IReadOnlyDictionary<Entitlement, RulebookFile.EntitlementRowEntry> rows, RulebookFile.HolderOnlyEntry holderOnly)
    {
        var known = Columns.Where(column => column.Cell(rows.Values.First()) is not null).ToArray();
        return from column in known
               from role in Enum.GetValues<SubjectRole>()
               from row in rows
               let text = column.Cell(row.Value) ?? throw new FormatException($"{row.Value.Entitlement} says nothing of {CodeNames.WordOf(column.Kind)}.")
               select ForRole(column.Kind, role, new EntitlementCell(column.Kind, role, Decision(row.Key, text), row.Value.Source), holderOnly);
    }

    /// <summary>What is conferred on the holder is the holder's alone, but for what the file exempts and what it decides by itself.</summary>
    private static EntitlementCell ForRole(PermitKind kind, SubjectRole role, EntitlementCell cell, RulebookFile.HolderOnlyEntry holderOnly)
    {
        var entitlement = CodeNames.NameOf(cell.Decision.Entitlement);
        if (role == SubjectRole.Holder
            || (holderOnly.Exempt.TryGetValue(CodeNames.NameOf(role), out var exempt) && exempt.Contains(entitlement)))
        {
            return cell;
        }

        var own = holderOnly.Family?.FirstOrDefault(family =>
            family.Kind == CodeNames.WordOf(kind) && family.Entitlement == entitlement && family.Roles.Contains(CodeNames.NameOf(role)));
        return own is not null
            ? cell with { Decision = Decision(cell.Decision.Entitlement, own.Decision), Source = own.Source }
            : cell with { Decision = EntitlementTable.WithoutConferring(cell.Decision, Basis.HolderOnly) };
    }

    private static EntitlementDecision Decision(Entitlement entitlement, string text)
    {
        var parts = text.Split('/');
        return parts.Length == 2
            ? new EntitlementDecision(entitlement, RulebookReader.Code<Decision>(parts[0]), RulebookReader.Code<Basis>(parts[1]))
            : throw new FormatException($"'{text}' is no decision with its basis.");
    }
}
