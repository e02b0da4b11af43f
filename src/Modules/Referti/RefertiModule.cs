using Platform.BuildingBlocks;

namespace Platform.Referti;

public sealed class RefertiModule : Module
{
    public override string Name => "referti";
    public override Type? Db => typeof(RefertiDb);
}
