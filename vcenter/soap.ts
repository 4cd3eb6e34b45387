import {
  callError,
  isVCenterError,
  type CallDescription,
  type VCenterError,
  type VCenterErrorKind,
} from "./errors";
import { excerpt, statusKind } from "./httpStatus";
import type { VCenterConnection } from "./options";
import type { Redaction } from "./redaction";
import { referenceContent, type ManagedObjectReference } from "./references";
import { readServiceContent, type ServiceContent } from "./serviceContent";
import { OwnSessions } from "./ownSessions";
import { Session, type CredentialGate, type LeftSessions } from "./sessions";
import { faultKind, readFault, type SoapFault } from "./soapFaults";
import {
  noSession,
  sessionCookie,
  unquoted,
  vim25,
  type SessionProof,
  type SoapCall,
  type SoapService,
} from "./soapServices";
import type { HttpAnswer, HttpRequest, Transport } from "./transport";
import { buildXml, parseXml, type XmlElement } from "./xml";

/** The one object whose reference is known before anything was asked. */
export const serviceInstance: ManagedObjectReference = {
  type: "ServiceInstance",
  id: "ServiceInstance",
};

export { readReference, referenceContent } from "./references";

/**
 * The SOAP interface. Everything about its envelopes, its cookie and its login is in this file; where its
 * services differ is in soapServices.ts.
 */
export class SoapLink {
  readonly #transport: Transport;
  readonly #redaction: Redaction;
  readonly #connection: VCenterConnection;
  readonly #session: Session;
  readonly #own: OwnSessions;
  #content: Promise<ServiceContent> | undefined;

  constructor(
    transport: Transport,
    connection: VCenterConnection,
    gate: CredentialGate,
    redaction: Redaction,
    userAgent: string,
  ) {
    this.#transport = transport;
    this.#redaction = redaction;
    this.#connection = connection;
    this.#own = new OwnSessions(userAgent);
    this.#session = new Session(gate, {
      logIn: (onLost) => this.#logIn(onLost),
      logOut: (cookie) => this.#logOut(cookie),
      endLost: (cookie) => this.#endLost(cookie),
    });
  }

  /** The wait before a second attempt, for callers that make it themselves. */
  get backoffMilliseconds(): number {
    return this.#transport.backoffMilliseconds;
  }

  /** The wait after the first look at a task. */
  get pollMilliseconds(): number {
    return this.#transport.pollMilliseconds;
  }

  /** What vCenter says about itself and where its managers are; asked once, needs no login. */
  async serviceContent(): Promise<ServiceContent> {
    this.#content ??= this.#retrieveServiceContent();
    try {
      return await this.#content;
    } catch (error) {
      this.#content = undefined;
      throw error;
    }
  }

  /**
   * Calls a method, logged in, and gives its `returnval` elements.
   * When the session has ended, logs in again once and repeats the call once.
   * @throws VCenterError
   */
  async call(call: SoapCall): Promise<XmlElement[]> {
    const role = call.once ? "once" : "ordinary";
    const cookie = await this.#session.token();
    try {
      return (await this.#exchange(call, role, cookie)).values;
    } catch (error) {
      // Refused without being carried out, so that even what must happen once can be repeated.
      if (!isVCenterError(error, "unauthenticated")) throw error;
      const renewed = await this.#session.renewed(cookie);
      return (await this.#exchange(call, role, renewed)).values;
    }
  }

  /** The error of a fault, whether it came instead of an answer or inside of one. */
  faultError(description: CallDescription, fault: SoapFault): VCenterError {
    const code = this.#redaction.clean(fault.name);
    const answer = this.#redaction.clean(fault.text);
    return callError(description, { kind: faultKind(fault), code, answer });
  }

  /** Logs out, when anything was logged in; tells which sessions may still be open. */
  async end(): Promise<LeftSessions> {
    return this.#session.end();
  }

  async #retrieveServiceContent(): Promise<ServiceContent> {
    const call: SoapCall = {
      operation: "ask vCenter for its services",
      object: this.#connection.server,
      method: "RetrieveServiceContent",
      target: serviceInstance,
      parameters: {},
    };
    const { values } = await this.#exchange(call, "ordinary", undefined);
    return readServiceContent(call, values[0]);
  }

  async #logIn(onLostAnswer: () => void): Promise<string> {
    const { sessionManager } = await this.serviceContent();
    const { server, user, password } = this.#connection;
    const call: SoapCall = {
      operation: "log in",
      object: `${user} on ${server}`,
      method: "Login",
      target: sessionManager,
      parameters: { userName: user, password },
    };
    try {
      const { cookie, values } = await this.#exchange(call, "login", undefined, {
        headers: { "user-agent": this.#own.userAgent },
        onLostAnswer,
      });
      if (cookie !== undefined) {
        this.#own.know(values[0]);
        return cookie;
      }
    } catch (error) {
      if (isVCenterError(error, "serverError")) onLostAnswer();
      // A bare 401 instead of a fault is a refusal all the same, and must not be tried twice.
      if (!isVCenterError(error, "unauthenticated")) throw error;
      const { code, answer } = error;
      throw callError(call, { kind: "invalidLogin", code, answer });
    }
    onLostAnswer();
    const answer = `accepted, but without the cookie ${sessionCookie}`;
    throw callError(call, { kind: "unexpectedAnswer", answer });
  }

  async #logOut(cookie: string): Promise<void> {
    const { sessionManager } = await this.serviceContent();
    const call: SoapCall = {
      operation: "log out",
      object: `${this.#connection.user} on ${this.#connection.server}`,
      method: "Logout",
      target: sessionManager,
      parameters: {},
    };
    try {
      await this.#exchange(call, "logout", cookie);
    } catch (error) {
      // The session had ended already.
      if (!isVCenterError(error, "unauthenticated")) throw error;
    }
  }

  /** Looks for the sessions of logins whose answers were lost, and ends them. Fails never. */
  async #endLost(cookie: string): Promise<boolean> {
    try {
      const content = await this.serviceContent();
      const { values } = await this.#exchange(this.#own.listing(content), "logout", cookie);
      const lost = this.#own.lost(values);
      if (lost === undefined) return false;
      if (lost.length > 0) await this.#exchange(this.#own.ending(content, lost), "logout", cookie);
      return true;
    } catch (error) {
      if (!isVCenterError(error)) throw error;
      return false;
    }
  }

  async #exchange(
    call: SoapCall,
    role: HttpRequest["role"],
    cookie: string | undefined,
    more: Pick<HttpRequest, "onLostAnswer"> & Partial<Pick<HttpRequest, "headers">> = {},
  ): Promise<{ readonly values: XmlElement[]; readonly cookie: string | undefined }> {
    const service = call.service ?? vim25;
    const session = cookie === undefined ? noSession : service.session(cookie);
    const answer = await this.#transport.send(
      {
        method: "POST",
        path: service.path,
        role,
        headers: {
          "content-type": 'text/xml; charset="utf-8"',
          soapaction: service.action,
          ...session.httpHeaders,
          ...more.headers,
        },
        ...(more.onLostAnswer ? { onLostAnswer: more.onLostAnswer } : {}),
        body: this.#envelope(call, service, session),
      },
      call,
    );
    const body = readBody(answer.text);
    const fault = body?.localChild("Fault");
    if (fault) throw this.faultError(call, readFault(fault));
    const response = body?.localChild(`${call.method}Response`);
    if (answer.status !== 200 || !response) {
      const clean = excerpt({ ...answer, text: this.#redaction.clean(answer.text) });
      throw callError(call, { kind: soapStatusKind(answer), answer: clean });
    }
    const received = cookieValue(answer.headers["set-cookie"]);
    if (received !== undefined) {
      this.#redaction.add(received);
      this.#redaction.add(unquoted(received));
    }
    return { values: response.children("returnval"), cookie: received };
  }

  #envelope(call: SoapCall, { namespace }: SoapService, { soapHeader }: SessionProof): string {
    const { method, target, parameters } = call;
    const hasHeader = Object.keys(soapHeader).length > 0;
    try {
      return buildXml({
        "soapenv:Envelope": {
          "@xmlns:soapenv": "http://schemas.xmlsoap.org/soap/envelope/",
          "@xmlns:xsi": "http://www.w3.org/2001/XMLSchema-instance",
          ...(hasHeader ? { "soapenv:Header": { ...soapHeader } } : {}),
          "soapenv:Body": {
            [method]: { "@xmlns": namespace, _this: referenceContent(target), ...parameters },
          },
        },
      });
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      const answer = `a value holds ${error.message}`;
      throw callError(call, { kind: "invalidArgument", answer });
    }
  }
}

/** Objects that are missing come as faults: any other 404 tells that this is no vCenter. */
function soapStatusKind(answer: HttpAnswer): VCenterErrorKind {
  const kind = statusKind(answer.status, answer.text);
  const isAboutObjects = ["notFound", "invalidArgument", "resourceInUse"].includes(kind);
  return isAboutObjects ? "unexpectedAnswer" : kind;
}

function readBody(text: string): XmlElement | undefined {
  try {
    return parseXml(text).localChild("Envelope")?.localChild("Body");
  } catch {
    return undefined;
  }
}

/** The value is kept as it came, quotes included: vCenter sends them and wants them back. */
function cookieValue(header: string | string[] | undefined): string | undefined {
  for (const cookie of Array.isArray(header) ? header : [header ?? ""]) {
    const [name, value] = /^\s*([^=;]+)=([^;]*)/.exec(cookie)?.slice(1) ?? [];
    if (name === sessionCookie && value) return value.trim();
  }
  return undefined;
}
