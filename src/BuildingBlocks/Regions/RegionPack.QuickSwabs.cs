namespace Platform.BuildingBlocks.Regions;

public static partial class RegionPack
{
    private static readonly string[] Levels = ["low", "high"];

    private static QuickSwabRules ReadQuickSwabs(string folder, IReadOnlyList<Facility> facilities, IReadOnlyList<DoctorEntry> doctors, List<string> errors)
    {
        var points = Table(folder, "quick_swab_points.csv", errors, r => new SwabPoint(
            r.Text("code", 20), r.Word<PointKind>("kind"), "", "", "", r.OptionalText("address", 120) ?? "", r.Degrees("latitude"), r.Degrees("longitude")));
        Unique(points, "quick_swab_points.csv", "code", p => p.Code, errors);
        var known = points.Select(p => (Point: Placed(p.Row, facilities, doctors), p.Line, p.Row)).ToList();
        foreach (var (_, line, row) in known.Where(k => k.Point is null))
            errors.Add($"quick_swab_points.csv, line {line}: {row.Code} is no {row.Kind.ToString().ToLowerInvariant()} of {(row.Kind == PointKind.Doctor ? "gps.csv" : "facilities.csv")}");
        var codes = points.Select(p => p.Row.Code).ToHashSet();
        var openings = Table(folder, "quick_swab_openings.csv", errors, r => new PointOpening(r.Known("point", codes), r.Weekday("weekday"), r.Time("from"), r.Time("to"), r.Valid()));
        foreach (var (opening, line) in openings.Where(o => o.Row.To <= o.Row.From))
            errors.Add($"quick_swab_openings.csv, line {line}: the opening of {opening.Point} must end after it begins");
        var devices = Table(folder, "antigen_devices.csv", errors, r => new AntigenDevice(
            r.Text("jrc", 10), r.Text("maker", 120), r.Text("name", 160), r.Number("minutes"), r.Valid(), r.Text("source", 200)));
        Overlaps(devices, "antigen_devices.csv", d => d.Jrc, d => d.Valid, errors);
        foreach (var (device, line) in devices.Where(d => d.Row.Minutes is < 1 or > 120 || !d.Row.Jrc.All(char.IsAsciiDigit)))
            errors.Add($"antigen_devices.csv, line {line}: {device.Jrc} must be a number of the common list, with 1 to 120 minutes");
        var positives = Table(folder, "quick_swab_rules.csv", errors, r => new PositiveRule(
            r.Choice("prevalence", [.. Levels, "any"]) is var level && level == "any" ? null : level, r.Maybe("symptoms"), r.Maybe("link"), r.Word<PositiveMeaning>("then"), r.Valid(), r.Text("source", 200)));
        Overlaps(positives, "quick_swab_rules.csv", p => $"{p.Prevalence} {p.Symptoms} {p.Link}", p => p.Valid, errors);
        var prevalence = Table(folder, "quick_swab_prevalence.csv", errors, r => new PrevalenceLine(r.Choice("prevalence", Levels), r.Valid(), r.Text("source", 200)));
        Overlaps(prevalence, "quick_swab_prevalence.csv", _ => "prevalence", p => p.Valid, errors);
        var limits = Table(folder, "quick_swab_limits.csv", errors, r => new SwabLimit(r.Choice("limit", [.. QuickSwabRules.LimitNames]), r.Number("value"), r.Valid(), r.Text("source", 300)));
        Overlaps(limits, "quick_swab_limits.csv", l => l.Name, l => l.Valid, errors);
        foreach (var (limit, line) in limits.Where(l => l.Row.Value < 1))
            errors.Add($"quick_swab_limits.csv, line {line}: value is {limit.Value}, must be 1 at least");
        foreach (var name in QuickSwabRules.LimitNames.Except(limits.Where(l => l.Row.Valid.Until is null).Select(l => l.Row.Name)))
            errors.Add($"quick_swab_limits.csv: no line of {name} that still holds");
        var fees = Table(folder, "quick_swab_fees.csv", errors, r => new QuickSwabFee(
            r.Word<PointKind>("kind"), r.Number("from_age"), r.OptionalNumber("to_age"), r.Number("cents"), r.Valid(), r.Text("source", 300)));
        Overlaps(fees, "quick_swab_fees.csv", f => $"{f.Kind} {f.FromAge}", f => f.Valid, errors);
        return new([.. known.Select(k => k.Point).OfType<SwabPoint>()], Rows(openings), Rows(devices), Rows(positives), Rows(prevalence), Rows(limits), Rows(fees))
        {
            Candidates = [.. Candidates(facilities, doctors).Where(p => !codes.Contains(p.Code))],
        };
    }

    private static IEnumerable<SwabPoint> Candidates(IReadOnlyList<Facility> facilities, IReadOnlyList<DoctorEntry> doctors) =>
        facilities.Select(f => (f.Code, Kind: KindOf(f.Kind))).Concat(doctors.Select(d => (d.Code, Kind: (PointKind?)PointKind.Doctor)))
            .Where(c => c.Kind is not null).Select(c => Placed(new(c.Code, c.Kind!.Value, "", "", "", "", null, null), facilities, doctors)).OfType<SwabPoint>();

    private static PointKind? KindOf(FacilityKind kind) => kind switch
    {
        FacilityKind.Pharmacy => PointKind.Pharmacy,
        FacilityKind.School => PointKind.School,
        FacilityKind.Hotspot => PointKind.Hub,
        _ => null,
    };

    private static SwabPoint? Placed(SwabPoint point, IReadOnlyList<Facility> facilities, IReadOnlyList<DoctorEntry> doctors)
    {
        if (point.Kind == PointKind.Doctor)
        {
            return doctors.FirstOrDefault(d => d.Code == point.Code) is { } doctor
                ? point with { Name = $"{doctor.GivenName} {doctor.FamilyName}", Asl = doctor.Asl, MunicipalityIstat = doctor.MunicipalityIstat }
                : null;
        }

        var kind = point.Kind switch { PointKind.Pharmacy => FacilityKind.Pharmacy, PointKind.School => FacilityKind.School, _ => FacilityKind.Hotspot };
        return facilities.FirstOrDefault(f => f.Code == point.Code && f.Kind == kind) is { } facility
            ? point with { Name = facility.Name, Asl = facility.Asl, MunicipalityIstat = facility.MunicipalityIstat, Address = facility.Address }
            : null;
    }

    private sealed partial class PackRow
    {
        /// <returns>Null for <c>any</c>.</returns>
        public bool? Maybe(string column) => Choice(column, "yes", "no", "any") switch { "yes" => true, "no" => false, _ => null };
    }
}
