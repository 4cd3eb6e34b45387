import * as grpc from "@grpc/grpc-js";
import { ResourceProviderService } from "@pulumi/pulumi/proto/provider_grpc_pb";

/** Answers one call of the engine, with the provider's own answer at hand. */
export type Handler = (request: Buffer, forward: Forward) => Promise<Buffer>;

/** Has the provider answer a call of the same method. @throws grpc.ServiceError */
export type Forward = (request: Uint8Array) => Promise<Buffer>;

const unchanged = (bytes: Buffer): Buffer => bytes;

const limits: grpc.ChannelOptions = {
  // As the engine has it (pulumi/pulumi, `sdk/go/common/util/rpcutil`): a state can be large.
  "grpc.max_receive_message_length": 400 * 1024 * 1024,
  "grpc.max_send_message_length": -1,
};

/**
 * Stands between the engine and a plugin, and hands on every call of the resource provider's interface as it came, byte
 * for byte, but for those of some methods that have handlers.
 */
export class Relay {
  readonly #plugin: grpc.Client;
  readonly #server = new grpc.Server(limits);

  /**
   * @param pluginPort where the plugin listens on this machine
   * @param handlers by the methods' names in pulumi/pulumi, `proto/pulumi/provider.proto`, the first letter in lower case
   */
  constructor(pluginPort: number, handlers: ReadonlyMap<string, Handler>) {
    const address = `127.0.0.1:${pluginPort}`;
    this.#plugin = new grpc.Client(address, grpc.credentials.createInsecure(), limits);
    const methods: Record<string, grpc.MethodDefinition<Buffer, Buffer>> = {};
    const implementation: grpc.UntypedServiceImplementation = {};
    for (const [name, method] of Object.entries(ResourceProviderService)) {
      methods[name] = {
        ...(method as unknown as grpc.MethodDefinition<Buffer, Buffer>),
        requestSerialize: unchanged,
        requestDeserialize: unchanged,
        responseSerialize: unchanged,
        responseDeserialize: unchanged,
      };
      const { path, responseStream } = methods[name];
      implementation[name] = responseStream
        ? this.#streaming(path)
        : this.#answering(path, handlers.get(name) ?? ((request, forward) => forward(request)));
    }
    this.#server.addService(methods, implementation);
  }

  /** Begins to listen, on this machine alone. @returns the port */
  listen(): Promise<number> {
    return new Promise((resolve, reject) => {
      const credentials = grpc.ServerCredentials.createInsecure();
      this.#server.bindAsync("127.0.0.1:0", credentials, (error, port) => {
        if (error) reject(error);
        else resolve(port);
      });
    });
  }

  /** Breaks off whatever is under way. */
  close(): void {
    this.#server.forceShutdown();
    this.#plugin.close();
  }

  #answering(path: string, handler: Handler): grpc.handleUnaryCall<Buffer, Buffer> {
    const forward: Forward = (request) =>
      new Promise((resolve, reject) => {
        this.#plugin.makeUnaryRequest(
          path,
          unchanged,
          unchanged,
          Buffer.from(request),
          (error, answer) => {
            if (error) reject(error);
            else resolve(answer ?? Buffer.alloc(0));
          },
        );
      });
    return ({ request }, respond) => {
      handler(request, forward).then(
        (answer) => respond(null, answer),
        (error: unknown) => respond(asServiceError(error)),
      );
    };
  }

  #streaming(path: string): grpc.handleServerStreamingCall<Buffer, Buffer> {
    return (call) => {
      const answers = this.#plugin.makeServerStreamRequest(
        path,
        unchanged,
        unchanged,
        call.request,
      );
      answers.on("data", (answer: Buffer) => call.write(answer));
      answers.on("end", () => call.end());
      answers.on("error", (error) => call.emit("error", error));
      call.on("cancelled", () => answers.cancel());
    };
  }
}

/** What the plugin answered stays as it is; a failure of our own is one sentence. */
function asServiceError(error: unknown): Partial<grpc.StatusObject> {
  if (error instanceof Error && "code" in error && "details" in error) {
    const { code, details, metadata } = error as grpc.ServiceError;
    return { code, details, metadata };
  }
  const details = error instanceof Error ? error.message : String(error);
  return { code: grpc.status.UNKNOWN, details };
}
