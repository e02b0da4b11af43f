using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Platform.BuildingBlocks.Regions;
using Platform.Referti.Hl7;
using Platform.Referti.LabMessages;

namespace Platform.Referti.Mllp;

/// <summary>How laboratories' systems send over a bare socket; off unless a port is named.</summary>
internal sealed class MllpSettings
{
    public const string Section = "Referti:Mllp";

    /// <summary>0 takes any free port.</summary>
    public int? Port { get; init; }

    /// <summary>Of this host, to listen on. MLLP has neither key nor cipher: a tunnel ends here, or a closed network.</summary>
    public string Address { get; init; } = "127.0.0.1";

    /// <summary>Whose the messages of an address are: IP → code of the laboratory.</summary>
    public Dictionary<string, string> Peers { get; init; } = [];

    /// <summary>Whose the messages of an address that is not among the peers are: MSH-4 → code of the laboratory.</summary>
    public Dictionary<string, string> Facilities { get; init; } = [];

    public int MostConnections { get; init; } = 64;
    public TimeSpan IdleFor { get; init; } = TimeSpan.FromMinutes(10);
}

/// <summary>HL7 v2 over MLLP: each message is kept, then acknowledged, in its order. What cannot be kept is not acknowledged,
/// and the connection closes, so that its sender sends it again.</summary>
internal sealed class MllpListener(Intake intake, Region region, IConfiguration configuration, TimeProvider clock, ILogger<MllpListener> log) : BackgroundService
{
    private readonly MllpSettings settings = configuration.GetSection(MllpSettings.Section).Get<MllpSettings>() ?? new();

    private readonly TaskCompletionSource<IPEndPoint> listening = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Where it listens, as soon as it does; never where no port is named.</summary>
    public Task<IPEndPoint> ListensAt => listening.Task;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (settings.Port is not { } port)
            return;
        foreach (var unknown in settings.Peers.Values.Concat(settings.Facilities.Values).Where(code => !IsLab(code)).Distinct())
            log.LogError("{Section} names a laboratory {Code} that the region does not have", MllpSettings.Section, unknown);
        using var listener = new TcpListener(IPAddress.Parse(settings.Address), port);
        listener.Start();
        listening.SetResult((IPEndPoint)listener.LocalEndpoint);
        log.LogInformation("MLLP listens at {Address}", listener.LocalEndpoint);
        using var places = new SemaphoreSlim(settings.MostConnections);
        while (!stoppingToken.IsCancellationRequested)
        {
            await places.WaitAsync(stoppingToken);
            var client = await listener.AcceptTcpClientAsync(stoppingToken);
            _ = Serve(client, places, stoppingToken);
        }
    }

    private async Task Serve(TcpClient client, SemaphoreSlim places, CancellationToken stopping)
    {
        try
        {
            using var closing = client;
            var peer = ((IPEndPoint)client.Client.RemoteEndPoint!).Address.MapToIPv4().ToString();
            await using var stream = client.GetStream();
            await Converse(stream, settings.Peers.GetValueOrDefault(peer), stopping);
        }
        catch (Exception failure) when (failure is IOException or SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // The sender is gone, or silent for too long.
        }
        catch (Exception failure)
        {
            // The exception's words may quote data.
            log.LogError("A message over MLLP was not kept, and not acknowledged: {Failure}\n{Where}", failure.GetType().Name, failure.StackTrace);
        }
        finally
        {
            places.Release();
        }
    }

    private async Task Converse(NetworkStream stream, string? lab, CancellationToken stopping)
    {
        var frames = new MllpFrames(Hl7Limits.Default);
        var chunk = new byte[64 * 1024];
        using var idle = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        while (true)
        {
            idle.CancelAfter(settings.IdleFor);
            var read = await stream.ReadAsync(chunk, idle.Token);
            if (read == 0)
                return;
            frames.Push(chunk.AsSpan(0, read));
            while (frames.TryTake(out var entry))
            {
                var answer = await Take(entry!, lab, stopping);
                await stream.WriteAsync(MllpFrames.Framed(answer), stopping);
            }
        }
    }

    private async Task<byte[]> Take(Hl7BatchEntry entry, string? lab, CancellationToken stopping)
    {
        var message = Hl7Reader.Read(entry);
        var sender = lab ?? (message.Incoming.Reading.SendingFacility is { } facility ? settings.Facilities.GetValueOrDefault(facility) : null);
        var taken = IsLab(sender)
            ? await intake.Take(message.Incoming, sender!, null, stopping)
            : new Taken(AckCode.AR, false, [new(ProblemCodes.UnknownSender, "MSH", 1, 4, "Neither the address nor MSH-4 is of a laboratory that may send here.")], []);
        return message.Answer(taken, Guid.CreateVersion7(clock.GetUtcNow()).ToString("N")[..20], clock.GetUtcNow()).ToBytes();
    }

    private bool IsLab(string? code) => region.Facilities.Any(f => f.Kind == FacilityKind.Lab && f.Code == code);
}
