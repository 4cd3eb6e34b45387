import { callError, isVCenterError, type CallDescription, type VCenterError } from "../errors";
import { excerpt, statusKind } from "../http/failures";
import type { Redaction } from "../http/redaction";
import type { HttpAnswer, HttpRequest, Transport } from "../http/transport";
import type { VCenterConnection } from "../options";
import { Session, type CredentialGate, type LeftSessions } from "../sessions";
import { isRecord, readRestError } from "./answers";

/**
 * The shape of the interface under `/rest`. Its newer twin under `/api` differs only in these points: other paths,
 * `?action=` for `?~action=`, `/{id}` for `/id:{id}`, and answers that are not wrapped in `value`. Version 7.0 has both
 * for sessions, but not for everything that is used here.
 */
const layout = {
  session: "/rest/com/vmware/cis/session",
  base: "/rest/com/vmware/cis/tagging",
  sessionHeader: "vmware-api-session-id",
  action: (path: string, action: string): string => `${path}?~action=${action}`,
  withId: (path: string, id: string): string =>
    // Ids hold colons (urn:vmomi:...), which are allowed in a path and must not be escaped.
    `${path}/id:${encodeURIComponent(id).replaceAll("%3A", ":")}`,
  unwrap: (body: unknown): unknown => (isRecord(body) ? body.value : undefined),
} as const;

/** One call of the tagging service. */
export interface RestCall extends CallDescription {
  readonly method: "GET" | "POST";
  /** The resource below the tagging service: "tag", "category" or "tag-association". */
  readonly resource: "category" | "tag" | "tag-association";
  readonly id?: string;
  readonly action?: string;
  readonly body?: unknown;
}

/** The REST interface of the tagging service: makes calls, logged in. */
export class RestLink {
  readonly #transport: Transport;
  readonly #redaction: Redaction;
  readonly #connection: VCenterConnection;
  readonly #session: Session;

  constructor(
    transport: Transport,
    connection: VCenterConnection,
    gate: CredentialGate,
    redaction: Redaction,
  ) {
    this.#transport = transport;
    this.#redaction = redaction;
    this.#connection = connection;
    this.#session = new Session(gate, {
      logIn: (onLost) => this.#logIn(onLost),
      logOut: (id) => this.#logOut(id),
      // vCenter does not list the sessions of this interface.
      endLost: () => Promise.resolve(false),
    });
  }

  /**
   * Makes a call, logged in, and gives the unwrapped answer; undefined when the body is empty. When the session has
   * ended, logs in again once and repeats the call once.
   * @throws VCenterError
   */
  async call(call: RestCall): Promise<unknown> {
    const token = await this.#session.token();
    try {
      return await this.#exchange(call, token);
    } catch (error) {
      if (!isVCenterError(error, "unauthenticated")) throw error;
      return this.#exchange(call, await this.#session.renewed(token));
    }
  }

  /** Logs out, if anything was logged in; says which sessions may still be open. */
  async end(): Promise<LeftSessions> {
    return this.#session.end();
  }

  async #exchange(call: RestCall, token: string): Promise<unknown> {
    const path = `${layout.base}/${call.resource}`;
    const withId = call.id === undefined ? path : layout.withId(path, call.id);
    return this.#send(call, {
      method: call.method,
      path: call.action === undefined ? withId : layout.action(withId, call.action),
      role: "ordinary",
      headers: { ...acceptJson, ...jsonBody(call.body), [layout.sessionHeader]: token },
      ...(call.body === undefined ? {} : { body: JSON.stringify(call.body) }),
    });
  }

  async #logIn(onLostAnswer: () => void): Promise<string> {
    const { user, password, server } = this.#connection;
    const description = { operation: "log in for tagging", object: `${user} on ${server}` };
    const credentials = Buffer.from(`${user}:${password}`, "utf8").toString("base64");
    let id: unknown;
    try {
      id = await this.#send(description, {
        method: "POST",
        path: layout.session,
        role: "login",
        onLostAnswer,
        headers: { ...acceptJson, authorization: `Basic ${credentials}` },
      });
    } catch (error) {
      if (isVCenterError(error, "serverError")) onLostAnswer();
      if (!isVCenterError(error, "unauthenticated")) throw error;
      const { code, answer } = error;
      throw callError(description, { kind: "invalidLogin", code, answer });
    }
    if (typeof id === "string" && id !== "") {
      this.#redaction.add(id);
      return id;
    }
    onLostAnswer();
    const answer = "accepted, but without a session id";
    throw callError(description, { kind: "unexpectedAnswer", answer });
  }

  async #logOut(id: string): Promise<void> {
    const { user, server } = this.#connection;
    const description = { operation: "log out of tagging", object: `${user} on ${server}` };
    try {
      await this.#send(description, {
        method: "DELETE",
        path: layout.session,
        role: "logout",
        headers: { ...acceptJson, [layout.sessionHeader]: id },
      });
    } catch (error) {
      // The session had ended already.
      if (!isVCenterError(error, "unauthenticated", "notFound")) throw error;
    }
  }

  async #send(description: CallDescription, request: HttpRequest): Promise<unknown> {
    const answer = await this.#transport.send(request, description);
    const body = parseJson(answer.text);
    if (answer.status < 200 || answer.status > 299) throw this.#error(description, answer, body);
    if (answer.text.trim() === "") return undefined;
    if (body === undefined) {
      const text = `${this.#excerpt(answer)}, which is not JSON`;
      throw callError(description, { kind: "unexpectedAnswer", answer: text });
    }
    return layout.unwrap(body);
  }

  #error(description: CallDescription, answer: HttpAnswer, body: unknown): VCenterError {
    const error = readRestError(body);
    const fromStatus = statusKind(answer.status, answer.text);
    if (!error) {
      return callError(description, { kind: fromStatus, answer: this.#excerpt(answer) });
    }
    const kind = error.kind === "unexpectedAnswer" ? fromStatus : error.kind;
    const said = error.text === "" ? error.code : `${error.code}, ${error.text}`;
    const text = this.#redaction.clean(`HTTP ${answer.status}, ${said}`);
    const code = this.#redaction.clean(error.code);
    return callError(description, { kind, code, answer: text });
  }

  #excerpt(answer: HttpAnswer): string {
    return excerpt({ ...answer, text: this.#redaction.clean(answer.text) });
  }
}

const acceptJson = { accept: "application/json" };

function jsonBody(body: unknown): Readonly<Record<string, string>> {
  return body === undefined ? {} : { "content-type": "application/json" };
}

/** The parsed text; undefined when it is not JSON. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
