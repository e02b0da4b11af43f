using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Platform.Benchmarks;

/// <summary>One kept connection to the host that speaks just enough HTTP/1.1: the load must not cost more than what it measures.</summary>
internal sealed class Wire(IPEndPoint host) : IDisposable
{
    private readonly Socket socket = Connect(host);
    private byte[] buffer = new byte[64 * 1024];

    private static Socket Connect(IPEndPoint host)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        socket.Connect(host);
        return socket;
    }

    public Task<(int Status, string Body)> Get(string path) => Send($"GET {path} HTTP/1.1\r\nHost: benchmark\r\n\r\n");

    /// <param name="key">An Idempotency-Key.</param>
    public Task<(int Status, string Body)> Post(string path, string json, string? key = null) =>
        Send($"POST {path} HTTP/1.1\r\nHost: benchmark\r\nContent-Type: application/json\r\n{(key is null ? "" : $"Idempotency-Key: {key}\r\n")}Content-Length: {Encoding.UTF8.GetByteCount(json)}\r\n\r\n{json}");

    public void Dispose() => socket.Dispose();

    private async Task<(int Status, string Body)> Send(string request)
    {
        await socket.SendAsync(Encoding.UTF8.GetBytes(request));
        var (have, head) = (0, -1);
        while (head < 0)
        {
            have += await Receive(have);
            head = buffer.AsSpan(0, have).IndexOf("\r\n\r\n"u8);
        }

        var headers = Encoding.ASCII.GetString(buffer, 0, head);
        var status = int.Parse(headers.AsSpan(9, 3), CultureInfo.InvariantCulture);
        var body = head + 4;
        if (LengthOf(headers) is { } length)
        {
            while (have < body + length)
                have += await Receive(have);
            return (status, Encoding.UTF8.GetString(buffer, body, length));
        }

        // In chunks, to the one of nothing.
        var text = new StringBuilder();
        while (true)
        {
            int line;
            while ((line = buffer.AsSpan(body, have - body).IndexOf("\r\n"u8)) < 0)
                have += await Receive(have);
            var size = int.Parse(Encoding.ASCII.GetString(buffer, body, line), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
            body += line + 2;
            while (have < body + size + 2)
                have += await Receive(have);
            if (size == 0)
                return (status, text.ToString());
            text.Append(Encoding.UTF8.GetString(buffer, body, size));
            body += size + 2;
        }
    }

    private async Task<int> Receive(int have)
    {
        if (have == buffer.Length)
            Array.Resize(ref buffer, buffer.Length * 2);
        var read = await socket.ReceiveAsync(buffer.AsMemory(have));
        return read > 0 ? read : throw new IOException("The host closed the connection.");
    }

    private static int? LengthOf(string headers)
    {
        const string name = "Content-Length:";
        var at = headers.IndexOf(name, StringComparison.OrdinalIgnoreCase);
        if (at < 0)
            return null;
        var end = headers.IndexOf('\r', at);
        return int.Parse(headers.AsSpan(at + name.Length, (end < 0 ? headers.Length : end) - at - name.Length), NumberStyles.AllowLeadingWhite, CultureInfo.InvariantCulture);
    }
}
