import { createServer, type Server } from "node:https";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import type { VCenterConnection } from "../../../../vcenter";
import { TestAuthority, type TestCertificate } from "./certificates";

/** A call that reached the fake. */
export interface SeenCall {
  /** "Login", "RetrieveProperties", "POST session", "GET category", "attach-tag-to-multiple-objects". */
  readonly name: string;
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingMessage["headers"];
  readonly body: string;
}

/** What the fake answers. */
export interface FakeAnswer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Break the connection instead of answering. */
  readonly drop?: boolean;
  /** Wait this long before answering. */
  readonly delayMilliseconds?: number;
  /** Send the headers and half of the body, and never the rest. */
  readonly stall?: boolean;
}

/** Decides on an answer; undefined leaves it to the fake's own behaviour. */
export type Responder = (call: SeenCall, count: number) => FakeAnswer | undefined;

export const user = "operator@vsphere.local";
export const password = `s3cret <&>"' pass`;

/** The authority that signs the fakes' certificates, made once for a run. */
export const authority = new TestAuthority("test authority");
const certificate = authority.issue(["127.0.0.1", "localhost"]);

/** A SOAP answer. */
export function soapAnswer(method: string, values = ""): FakeAnswer {
  const body = `<${method}Response xmlns="urn:vim25">${values}</${method}Response>`;
  return { body: envelope(body), headers: { "content-type": "text/xml" } };
}

/** A SOAP fault as vCenter writes it. */
export function soapFault(name: string, text = "", details = ""): FakeAnswer {
  const detail = `<${name}Fault xmlns="urn:vim25" xsi:type="${name}">${details}</${name}Fault>`;
  const fault = `<soapenv:Fault><faultcode>ServerFaultCode</faultcode><faultstring>${text}</faultstring><detail>${detail}</detail></soapenv:Fault>`;
  return { status: 500, body: envelope(fault), headers: { "content-type": "text/xml" } };
}

/** An answer of the REST interface. */
export function restAnswer(value: unknown): FakeAnswer {
  return { body: JSON.stringify({ value }), headers: { "content-type": "application/json" } };
}

/** An error of the REST interface. */
export function restError(status: number, name: string, message = "", id = ""): FakeAnswer {
  const messages = message ? [{ id, default_message: message, args: [] }] : [];
  const body = { type: `com.vmware.vapi.std.errors.${name}`, value: { messages } };
  return { status, body: JSON.stringify(body), headers: { "content-type": "application/json" } };
}

function envelope(body: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n<soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/" xmlns:xsd="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">\n<soapenv:Body>\n${body}\n</soapenv:Body>\n</soapenv:Envelope>`;
}

const serviceContent = soapAnswer(
  "RetrieveServiceContent",
  `<returnval><rootFolder type="Folder">group-d1</rootFolder><propertyCollector type="PropertyCollector">propertyCollector</propertyCollector><about><name>VMware vCenter Server</name><fullName>VMware vCenter Server 8.0.3</fullName><version>8.0.3</version><build>1</build><apiType>VirtualCenter</apiType><apiVersion>8.0.3.0</apiVersion><instanceUuid>0000-1111</instanceUuid></about><sessionManager type="SessionManager">SessionManager</sessionManager><authorizationManager type="AuthorizationManager">AuthorizationManager</authorizationManager><searchIndex type="SearchIndex">SearchIndex</searchIndex><fileManager type="FileManager">FileManager</fileManager></returnval>`,
);

/**
 * The least of a vCenter: it logs in and out, counts sessions and calls, and answers everything else as
 * the test says. It checks the session of each call.
 */
export class FakeVCenter {
  readonly calls: SeenCall[] = [];
  readonly sessions = new Set<string>();
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  #responder: Responder = () => undefined;
  #running = 0;
  /** The most calls that were answered at the same time. */
  mostConcurrentCalls = 0;
  /** How many sessions were ever opened. */
  sessionsOpened = 0;
  private constructor(identity: TestCertificate) {
    this.#server = createServer(
      { cert: identity.certificate, key: identity.key },
      (request, response) => {
        void this.#serve(request, response);
      },
    );
    this.#server.on("connection", (socket: Socket) => {
      this.#sockets.add(socket);
      socket.on("close", () => this.#sockets.delete(socket));
    });
  }

  /** Starts a fake on a free port of 127.0.0.1. */
  static async start(
    responder?: Responder,
    identity: TestCertificate = certificate,
  ): Promise<FakeVCenter> {
    const fake = new FakeVCenter(identity);
    if (responder) fake.#responder = responder;
    await new Promise<void>((resolve) => fake.#server.listen(0, "127.0.0.1", resolve));
    return fake;
  }

  /** Decides on the answers from now on. */
  respond(responder: Responder): void {
    this.#responder = responder;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  /** Open connections. */
  get connections(): number {
    return this.#sockets.size;
  }

  /** How to connect, with the right user and password unless told otherwise. */
  connection(changes: Partial<VCenterConnection> = {}): VCenterConnection {
    return {
      server: `127.0.0.1:${this.port}`,
      user,
      password,
      insecure: false,
      certificateAuthority: authority.certificate,
      ...changes,
    };
  }

  /** How often a call was made. */
  count(name: string): number {
    return this.calls.filter((call) => call.name === name).length;
  }

  async stop(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    request.on("error", () => undefined);
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const { method = "", url: path = "", headers } = request;
    const body = Buffer.concat(chunks).toString("utf8");
    const call = { name: callName(method, path, body), method, path, headers, body };
    this.calls.push(call);
    this.#running++;
    this.mostConcurrentCalls = Math.max(this.mostConcurrentCalls, this.#running);
    const answer =
      this.#responder(call, this.count(call.name)) ??
      this.#sessionAnswer(call) ??
      restError(404, "not_found", `the fake has no answer to ${call.name}`);
    if (answer.delayMilliseconds !== undefined) {
      await new Promise((resolve) => setTimeout(resolve, answer.delayMilliseconds));
    }
    this.#running--;
    if (answer.drop) {
      request.socket.destroy();
      return;
    }
    const text = answer.body ?? "";
    response.writeHead(answer.status ?? 200, { ...answer.headers });
    if (answer.stall) response.write(text.slice(0, text.length / 2));
    else response.end(text);
  }

  #sessionAnswer(call: SeenCall): FakeAnswer | undefined {
    if (call.name === "RetrieveServiceContent") return serviceContent;
    if (call.name === "Login") {
      const given = /<userName>(.*)<\/userName><password>(.*)<\/password>/s.exec(call.body);
      const isRight = unescapeXml(given?.[1]) === user && unescapeXml(given?.[2]) === password;
      if (!isRight) return soapFault("InvalidLogin", "Cannot complete login");
      const cookie = `vmware_soap_session="${this.#openSession("soap")}"; Path=/; HttpOnly; Secure`;
      return { ...soapAnswer("Login", "<returnval/>"), headers: { "set-cookie": cookie } };
    }
    if (call.name === "POST session") {
      const expected = Buffer.from(`${user}:${password}`).toString("base64");
      if (call.headers.authorization !== `Basic ${expected}`) return { status: 401 };
      return restAnswer(this.#openSession("rest"));
    }
    const isRest = call.path.startsWith("/rest");
    const session = isRest ? String(call.headers["vmware-api-session-id"]) : soapSession(call);
    if (!this.sessions.has(session)) {
      return isRest
        ? { status: 401 }
        : soapFault("NotAuthenticated", "The session is not authenticated.");
    }
    if (call.name === "Logout" || call.name === "DELETE session") {
      this.sessions.delete(session);
      return isRest ? {} : soapAnswer("Logout");
    }
    return undefined;
  }

  #openSession(kind: string): string {
    this.sessionsOpened++;
    const id = `${kind}-session-id-${this.sessionsOpened}`;
    this.sessions.add(id);
    return id;
  }
}

/** The storage policy service takes the session in the SOAP header and without quotes, all else as a cookie. */
function soapSession({ path, headers, body }: SeenCall): string {
  const found =
    path === "/pbm/sdk"
      ? /<soapenv:Header><vcSessionCookie>(.*)<\/vcSessionCookie><\/soapenv:Header>/.exec(body)
      : /vmware_soap_session="(.*)"/.exec(headers.cookie ?? "");
  return found?.[1] ?? "";
}

function callName(method: string, path: string, body: string): string {
  if (path === "/sdk" || path === "/pbm/sdk")
    return /<soapenv:Body><(\w+)/.exec(body)?.[1] ?? "unknown SOAP call";
  const action = /~action=(.*)$/.exec(path)?.[1];
  if (action) return action;
  const resource = path.replace(/^\/rest\/com\/vmware\/cis\/(tagging\/)?/, "");
  return `${method} ${resource.replace(/\/id:.*/, "/id")}`;
}

const characters: Readonly<Record<string, string>> = {
  lt: "<",
  gt: ">",
  quot: '"',
  apos: "'",
  amp: "&",
};

function unescapeXml(text = ""): string {
  return text.replaceAll(/&(\w+);/g, (_, name: string) => characters[name] ?? "");
}
