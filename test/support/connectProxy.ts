import { createServer, type Server } from "node:http";
import { connect, type AddressInfo, type Socket } from "node:net";
import type { Duplex } from "node:stream";

/** An HTTP proxy on this machine that opens tunnels, as those of companies do. */
export class ConnectProxy {
  /** Where it listens: `127.0.0.1:3128`. */
  address = "";
  /** What was asked for: `vcenter.example.com:443`. */
  readonly tunnels: string[] = [];
  /** The `Proxy-Authorization` of each, empty where there is none. */
  readonly authorizations: string[] = [];
  readonly #server: Server;
  readonly #sockets = new Set<Socket | Duplex>();

  private constructor(target: number, status: number) {
    this.#server = createServer((_, response) => response.writeHead(501).end());
    this.#server.on("connect", (request, client) => {
      this.tunnels.push(request.url ?? "");
      this.authorizations.push(request.headers["proxy-authorization"] ?? "");
      this.#keep(client);
      if (status !== 200) {
        client.end(`HTTP/1.1 ${status} No\r\nContent-Length: 0\r\n\r\n`);
        return;
      }
      const server = connect(target, "127.0.0.1", () => {
        client.write("HTTP/1.1 200 Connection established\r\n\r\n");
        server.pipe(client);
        client.pipe(server);
      });
      this.#keep(server);
    });
  }

  #keep(socket: Socket | Duplex): void {
    this.#sockets.add(socket);
    socket.on("error", () => socket.destroy());
    socket.on("close", () => this.#sockets.delete(socket));
  }

  /**
   * @param target the port of this machine to which every tunnel leads, whatever was asked for
   * @param status what it answers in place of opening one
   */
  static async start(target: number, status = 200): Promise<ConnectProxy> {
    const proxy = new ConnectProxy(target, status);
    await new Promise<void>((resolve) => proxy.#server.listen(0, "127.0.0.1", resolve));
    proxy.address = `127.0.0.1:${(proxy.#server.address() as AddressInfo).port}`;
    return proxy;
  }

  /** Breaks all tunnels. */
  async stop(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}
