using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Platform.Tests.Harness;

/// <summary>ClamAV's daemon as far as INSTREAM goes: it finds EICAR's harmless test file, and has a limit as the real one has.</summary>
public sealed class FakeClamd : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly Task serving;

    public FakeClamd()
    {
        listener.Start();
        serving = Serve();
    }

    public string Address => $"127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}";

    public int Limit { get; set; } = 1024 * 1024;

    /// <summary>Bytes of each file that was shown.</summary>
    public List<int> Shown { get; } = [];

    public async ValueTask DisposeAsync()
    {
        listener.Stop();
        await serving;
    }

    private async Task Serve()
    {
        try
        {
            while (true)
            {
                using var client = await listener.AcceptTcpClientAsync();
                await using var wire = client.GetStream();
                await wire.WriteAsync(Encoding.ASCII.GetBytes(await Answer(wire) + "\0"));
            }
        }
        catch (Exception stopped) when (stopped is SocketException or ObjectDisposedException)
        {
        }
    }

    private async Task<string> Answer(NetworkStream wire)
    {
        var command = new byte["zINSTREAM\0".Length];
        await wire.ReadExactlyAsync(command);
        if (!command.AsSpan().SequenceEqual("zINSTREAM\0"u8))
            return "UNKNOWN COMMAND";
        using var file = new MemoryStream();
        var length = new byte[sizeof(int)];
        while (true)
        {
            await wire.ReadExactlyAsync(length);
            var size = BinaryPrimitives.ReadInt32BigEndian(length);
            if (size == 0)
                break;
            if (file.Length + size > Limit)
                return "INSTREAM size limit exceeded. ERROR";
            var part = new byte[size];
            await wire.ReadExactlyAsync(part);
            file.Write(part);
        }

        Shown.Add((int)file.Length);
        return Encoding.Latin1.GetString(file.ToArray()).Contains("EICAR-STANDARD-" + "ANTIVIRUS-TEST-FILE", StringComparison.Ordinal) ? "stream: Eicar-Test-Signature FOUND" : "stream: OK";
    }
}
