using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Platform.Tests.Notifications;

/// <summary>A mail server that speaks SMTP over TCP, keeps what it takes, and refuses when told to.</summary>
public sealed class FakeMailServer : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stop = new();
    private readonly ConcurrentQueue<(string To, string Text)> taken = new();
    private readonly ConcurrentBag<Task> conversations = [];
    private readonly Task serving;
    private int greeted;

    public FakeMailServer()
    {
        listener.Start();
        serving = Serve();
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    public IReadOnlyList<(string To, string Text)> Taken => [.. taken];

    /// <summary>Connections so far.</summary>
    public int Greeted => greeted;

    public int Count => taken.Count;

    /// <summary>What it says to RCPT TO, such as <c>451 try later</c>; null takes everything.</summary>
    public string? RefusesWith { get; set; }

    /// <summary>To whom nothing can be sent now.</summary>
    public string? RefusedAddress { get; set; }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        listener.Stop();
        await serving;
        stop.Dispose();
    }

    private async Task Serve()
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                var client = await listener.AcceptTcpClientAsync(stop.Token);
                // Else each answer of two lines waits for the client to say that it has heard the first.
                client.NoDelay = true;
                conversations.Add(Converse(client));
            }
            catch (Exception end) when (end is OperationCanceledException or SocketException)
            {
                // The test is over.
            }
        }

        await Task.WhenAll(conversations);
    }

    private async Task Converse(TcpClient client)
    {
        using var left = client;
        try
        {
            await Converse(client.GetStream());
        }
        catch (Exception end) when (end is OperationCanceledException or SocketException or IOException)
        {
            // The client left, or the test is over.
        }
    }

    private async Task Converse(NetworkStream stream)
    {
        Interlocked.Increment(ref greeted);
        using var reader = new StreamReader(stream, Encoding.ASCII);
        await using var writer = new StreamWriter(stream, Encoding.ASCII) { AutoFlush = true, NewLine = "\r\n" };
        await writer.WriteLineAsync("220 fake ESMTP");
        var to = "";
        while (await reader.ReadLineAsync(stop.Token) is { } line)
        {
            switch (line.Split(' ', ':')[0].ToUpperInvariant())
            {
                case "EHLO":
                    await writer.WriteLineAsync("250-fake");
                    await writer.WriteLineAsync("250 8BITMIME");
                    break;
                case "HELO" or "MAIL" or "RSET" or "NOOP":
                    await writer.WriteLineAsync("250 OK");
                    break;
                case "RCPT":
                    to = line[(line.IndexOf('<', StringComparison.Ordinal) + 1)..line.IndexOf('>', StringComparison.Ordinal)];
                    await writer.WriteLineAsync(RefusesWith ?? (to == RefusedAddress ? "451 try later" : "250 OK"));
                    break;
                case "DATA":
                    await writer.WriteLineAsync("354 go on");
                    var text = new StringBuilder();
                    while (await reader.ReadLineAsync(stop.Token) is { } part && part != ".")
                        text.AppendLine(part);
                    taken.Enqueue((to, text.ToString()));
                    await writer.WriteLineAsync("250 taken");
                    break;
                case "QUIT":
                    await writer.WriteLineAsync("221 bye");
                    return;
                default:
                    await writer.WriteLineAsync("502 unknown");
                    break;
            }
        }
    }
}
