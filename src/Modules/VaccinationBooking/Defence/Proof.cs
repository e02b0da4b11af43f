namespace Platform.VaccinationBooking.Defence;

/// <summary>When who wants a number or a pass must show that she is not a script.</summary>
internal enum BotDefence
{
    /// <summary>While more ask than a morning's crowd (<c>Vaccination:Defence:AsksPerMinute</c>).</summary>
    ByLoad,
    Always,
}

/// <summary>What she shows: the browser's work, or, where no script runs, the answer to a question in words.</summary>
internal sealed record Proof
{
    public string? Challenge { get; init; }

    /// <summary>Found by trying: see <see cref="Challenge.IsWork"/>.</summary>
    public string? Work { get; init; }

    public string? Answer { get; init; }
}
