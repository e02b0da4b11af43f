using Platform.BuildingBlocks.Localisation;
using Platform.BuildingBlocks.Regions;
using Platform.Correspondence.Conversations;

namespace Platform.Correspondence;

internal static class Words
{
    public static string Office(string asl, Region region, Texts texts) => texts["SISP {0}", region.FindAsl(asl)?.Name ?? asl];

    public static string NameOf(this Conversation conversation, Side side, Region region, Texts texts) =>
        side == Side.Office ? Office(conversation.AslCode, region, texts) : conversation.DoctorName;
}
