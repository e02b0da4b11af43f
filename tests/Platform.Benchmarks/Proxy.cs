using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Platform.Benchmarks;

/// <summary>nginx before several hosts: what one of them leaves unanswered becomes a 502, and the next request goes to another.</summary>
internal sealed class Proxy : IAsyncDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("proxy-").FullName;
    private readonly Process process;

    private Proxy(int port, IEnumerable<string> hosts)
    {
        Address = new(IPAddress.Loopback, port);
        var file = Path.Combine(folder, "nginx.conf");
        File.WriteAllText(file, $$"""
            daemon off;
            worker_processes 1;
            pid {{folder}}/nginx.pid;
            error_log {{folder}}/error.log;
            events { worker_connections 8192; }
            http {
              access_log off;
              client_body_temp_path {{folder}}/body;
              proxy_temp_path {{folder}}/proxy;
              fastcgi_temp_path {{folder}}/fastcgi;
              uwsgi_temp_path {{folder}}/uwsgi;
              scgi_temp_path {{folder}}/scgi;
              keepalive_requests 100000000;
              upstream platform {
                {{string.Concat(hosts.Select(h => $"server {new Uri(h).Authority} max_fails=1 fail_timeout=2s; "))}}
                keepalive 512;
                keepalive_requests 100000000;
              }
              server {
                listen {{Address}};
                location / {
                  proxy_pass http://platform;
                  proxy_http_version 1.1;
                  proxy_set_header Connection "";
                }
              }
            }
            """);
        process = Process.Start("nginx", ["-c", file, "-p", folder]);
    }

    public IPEndPoint Address { get; }

    public static async Task<Proxy> Start(params string[] hosts)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();
        var proxy = new Proxy(port, hosts);
        using var http = new HttpClient();
        for (var tries = 0; ; tries++)
        {
            try
            {
                using var answer = await http.GetAsync(new Uri($"http://{proxy.Address}/health/ready"));
                return proxy;
            }
            catch (HttpRequestException) when (tries < 50)
            {
                await Task.Delay(100);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync();
        process.Dispose();
        Directory.Delete(folder, recursive: true);
    }
}
