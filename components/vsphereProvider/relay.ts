import * as grpc from "@grpc/grpc-js";
import { ResourceProviderService } from "@pulumi/pulumi/proto/provider_grpc_pb";
import { soleFindingText, shownValue } from "../../findings/finding";
import { pointerTo } from "../../findings/pointers";
import { connectionFinding } from "../../preflight/connectionFinding";
import { VCenterError } from "../../vcenter";

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

/** Whom the provider talks to, as the messages name it. */
export interface ProviderConnection {
  readonly server: string;
  readonly user: string;
}

/** vCenter, or what is before it, that cannot answer now, or a connection that broke. */
const passing =
  /(?:^|status(?: code)?:? |: |HTTP )(?:429|502|503|504)\b|Too Many Requests|Bad Gateway|Service Unavailable|Gateway Timeout|connection reset|broken pipe|unexpected EOF|\bEOF\b|connection refused|i\/o timeout|TLS handshake timeout|server closed idle connection/i;

/** A refused user or password; vCenter's tagging service answers 401. */
const refusedLogin = /incorrect user name or password|InvalidLogin|\b401\b|Unauthorized/i;

const untrusted = /x509:|certificate signed by unknown authority|certificate is not trusted/i;

/** Whether a failure may be gone at the next attempt. */
export function isPassing(details: string): boolean {
  return passing.test(details);
}

/**
 * Why the provider could not log in, in the words of this program.
 *
 * @param certificate tells what is seen of vCenter's certificate
 */
export async function loginFailure(
  details: string,
  connection: ProviderConnection,
  certificate: () => Promise<string | undefined>,
): Promise<string> {
  if (untrusted.test(details)) {
    const seen = await certificate();
    return soleFindingText({
      topic: "certificate-authority",
      severity: "error",
      where: "vsphere:vsphereServer",
      found: shownValue("", connection.server),
      wrong: `the vSphere provider cannot trust its certificate${seen === undefined ? "" : `, ${seen}`} (${details})`,
      consequence: "so it did not log in",
      remedy: certificateRemedy(details),
    });
  }
  const isRefused = refusedLogin.test(details);
  const error = new VCenterError({
    kind: isRefused ? "invalidLogin" : isPassing(details) ? "unavailable" : "unreachable",
    operation: "log in",
    answer: isRefused ? `InvalidLogin, ${details.replace(/^.*ServerFaultCode: /s, "")}` : details,
  });
  return soleFindingText(connectionFinding(error, connection));
}

/** By the words of Go's crypto/x509. */
function certificateRemedy(details: string): string {
  if (/certificate has expired or is not yet valid/.test(details)) {
    return "renew vCenter's certificate, and see that the clock of this machine is right";
  }
  if (/certificate is valid for|is not valid for any names|any IP SANs/.test(details)) {
    return "write a name that is in the certificate into vsphere:vsphereServer, or VSPHERE_SERVER";
  }
  return (
    "the vSphere provider knows the certificate authorities of this machine only, and not deckhouse-vsphere:caBundle: add " +
    "the one that signed vCenter's certificate there, or on Linux export SSL_CERT_FILE with a file that holds it"
  );
}

/**
 * A failure of the provider in the middle of its work. What may be gone the next time says so, because the provider
 * does not try again by itself; all else stays in its own words.
 *
 * @param operation a verb: `create`
 * @param resource what the engine calls it: `vsphere:index/tag:Tag topology-k8s-zone-x1-a`
 */
export function operationFailure(details: string, operation: string, resource: string): string {
  if (!isPassing(details)) return details;
  return new VCenterError({
    kind: "unavailable",
    operation,
    object: resource,
    answer: details,
    remedy:
      "the vSphere provider does not try this again by itself: run the command again; what was done until now is kept" +
      (operation === "create"
        ? "; if the next preview says that it exists already, vCenter had made it"
        : "") +
      `; see ${pointerTo("vcenter-refused")}`,
  }).message;
}
