using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Persistence;

namespace Platform.Notifications.Announcements;

internal enum AnnouncementState
{
    Coming,
    Now,
    Over,
    CalledOff,
}

/// <summary>Planned maintenance, told to everybody before and during its window: what will not work, from when to when.</summary>
internal sealed class Announcement : IVersioned
{
    public const int TextLength = 400;
    public const int NameLength = 200;

    public required Guid Id { get; init; }
    public string TextIt { get; private set; } = "";
    public string TextEn { get; private set; } = "";
    public DateTime StartsAt { get; private set; }
    public DateTime EndsAt { get; private set; }

    /// <summary>While it lasts the service is closed, and not only disturbed.</summary>
    public bool Closes { get; private set; }

    /// <summary>So long before it starts everybody sees it.</summary>
    public int HoursBefore { get; private set; }

    public required DateTime WrittenAt { get; init; }
    public required string WrittenBy { get; init; }
    public DateTime? CalledOffAt { get; private set; }
    public string? CalledOffBy { get; private set; }
    public int Version { get; set; }

    public DateTime ShownFrom => StartsAt.AddHours(-HoursBefore);

    public AnnouncementState StateAt(DateTime now) =>
        CalledOffAt is not null ? AnnouncementState.CalledOff
        : now < StartsAt ? AnnouncementState.Coming
        : now < EndsAt ? AnnouncementState.Now : AnnouncementState.Over;

    /// <summary>A window that is over or was called off stays as it was told; one that lasts may end sooner or later.</summary>
    public void Say(string italian, string english, DateTime from, DateTime to, int hoursBefore, bool closes, DateTime now)
    {
        if (StartsAt != default)
            MustNotBeOver(now);
        (TextIt, TextEn, StartsAt, EndsAt, HoursBefore, Closes) = (italian, english, from, to, hoursBefore, closes);
    }

    public void CallOff(string by, DateTime now)
    {
        MustNotBeOver(now);
        (CalledOffAt, CalledOffBy) = (now, by);
    }

    private void MustNotBeOver(DateTime now)
    {
        if (StateAt(now) is AnnouncementState.Over or AnnouncementState.CalledOff)
            throw new Refusal("announcement-over", "Questo avviso è concluso o disdetto: ne scriva uno nuovo.");
    }
}
