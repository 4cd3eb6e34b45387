import { randomUUID } from "node:crypto";
import { callError, isVCenterError, type CallDescription } from "../errors";
import type { HttpRequest } from "../http/transport";
import type { ManagedObjectReference } from "../objects";
import type { VCenterConnection } from "../options";
import type { SessionProtocol } from "../sessions";
import {
  propertiesOf,
  readReference,
  referenceContent,
  sessionCookie,
  type SoapCall,
} from "./messages";
import type { XmlElement } from "./xml";

/** What a vCenter says about itself (AboutInfo of the vSphere Web Services API). */
export interface AboutVCenter {
  /** "VMware vCenter Server". */
  readonly name: string;
  /** "VMware vCenter Server 8.0.3 build-24022515". */
  readonly fullName: string;
  /** "8.0.3". */
  readonly version: string;
  readonly build: string;
  /** "8.0.3.0". */
  readonly apiVersion: string;
  /** "VirtualCenter"; "HostAgent" for a single host, which has no tags. */
  readonly apiType: string;
  /** The id of this vCenter, stable over its life. */
  readonly instanceUuid: string;
}

/** Where the managers of the SOAP interface are. */
export interface ServiceContent {
  readonly about: AboutVCenter;
  readonly rootFolder: ManagedObjectReference;
  readonly propertyCollector: ManagedObjectReference;
  readonly sessionManager: ManagedObjectReference;
  readonly authorizationManager: ManagedObjectReference;
  readonly searchIndex: ManagedObjectReference;
  /** Lists users and groups; the API allows a server to have no such directory. */
  readonly userDirectory: ManagedObjectReference | undefined;
  /** Manages the files of datastores; the API allows a server to have no such manager. */
  readonly fileManager: ManagedObjectReference | undefined;
}

/**
 * Reads the answer of RetrieveServiceContent.
 * @throws VCenterError `unexpectedAnswer` when one of the managers is missing
 */
export function readServiceContent(
  description: CallDescription,
  content: XmlElement | undefined,
): ServiceContent {
  const optional = (name: string): ManagedObjectReference | undefined => {
    const element = content?.child(name);
    return element && readReference(element);
  };
  const reference = (name: string): ManagedObjectReference => {
    const found = optional(name);
    if (!found) {
      const answer = `its answer names no ${name}`;
      throw callError(description, { kind: "unexpectedAnswer", answer });
    }
    return found;
  };
  const about = (name: string): string => content?.child("about")?.child(name)?.text ?? "";
  return {
    about: {
      name: about("name"),
      fullName: about("fullName"),
      version: about("version"),
      build: about("build"),
      apiVersion: about("apiVersion"),
      apiType: about("apiType"),
      instanceUuid: about("instanceUuid"),
    },
    rootFolder: reference("rootFolder"),
    propertyCollector: reference("propertyCollector"),
    sessionManager: reference("sessionManager"),
    authorizationManager: reference("authorizationManager"),
    searchIndex: reference("searchIndex"),
    fileManager: optional("fileManager"),
    userDirectory: optional("userDirectory"),
  };
}

/** Makes a call with the session of a cookie, or outside any session. */
export type Exchange = (
  call: SoapCall,
  role: HttpRequest["role"],
  cookie: string | undefined,
  more?: Partial<Pick<HttpRequest, "onLostAnswer" | "headers">>,
) => Promise<SoapAnswer>;

/** What came back. */
export interface SoapAnswer {
  /** The `returnval` elements. */
  readonly values: XmlElement[];
  /** The cookie of a new session. */
  readonly cookie: string | undefined;
}

/**
 * The login of the SOAP interface; its token is the session's cookie.
 *
 * When the answer to a login is lost, nobody knows the cookie of the session that it may have opened, but the session's
 * User-Agent is in vCenter's list. So each opening of the client logs in with a User-Agent of its own, and whatever has
 * it is surely ours.
 *
 * Source: Broadcom, VI JSON API, SessionManager (`sessionList`, TerminateSession, which needs
 * Sessions.TerminateSession), UserSession (`key`, `userAgent`).
 */
export class SoapSessionProtocol implements SessionProtocol {
  readonly #connection: VCenterConnection;
  readonly #content: () => Promise<ServiceContent>;
  readonly #exchange: Exchange;
  /** The User-Agent header of logins. */
  readonly #userAgent: string;
  /** The keys of the sessions whose cookie is known; logging out ends them. */
  readonly #known = new Set<string>();

  /** @param userAgent the User-Agent header of all other calls */
  constructor(
    connection: VCenterConnection,
    userAgent: string,
    content: () => Promise<ServiceContent>,
    exchange: Exchange,
  ) {
    this.#connection = connection;
    this.#userAgent = `${userAgent} (login ${randomUUID()})`;
    this.#content = content;
    this.#exchange = exchange;
  }

  async logIn(onLostAnswer: () => void): Promise<string> {
    const { sessionManager } = await this.#content();
    const { server, user, password } = this.#connection;
    const call: SoapCall = {
      operation: "log in",
      object: `${user} on ${server}`,
      method: "Login",
      target: sessionManager,
      parameters: { userName: user, password },
    };
    try {
      const headers = { "user-agent": this.#userAgent };
      const { cookie, values } = await this.#exchange(call, "login", undefined, {
        headers,
        onLostAnswer,
      });
      if (cookie !== undefined) {
        const key = values[0]?.child("key")?.text;
        if (key) this.#known.add(key);
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

  async logOut(cookie: string): Promise<void> {
    const { sessionManager } = await this.#content();
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

  async endLost(cookie: string): Promise<boolean> {
    try {
      const content = await this.#content();
      const { values } = await this.#exchange(listing(content), "logout", cookie);
      const lost = this.#lost(values);
      if (lost === undefined) return false;
      if (lost.length > 0) await this.#exchange(ending(content, lost), "logout", cookie);
      return true;
    } catch (error) {
      if (!isVCenterError(error)) throw error;
      return false;
    }
  }

  /** The keys of our sessions in vCenter's list whose cookie is unknown; undefined when the list may not be read. */
  #lost([object]: readonly XmlElement[]): string[] | undefined {
    const list = object && propertiesOf(object).get("sessionList");
    return list
      ?.children("UserSession")
      .filter((session) => session.child("userAgent")?.text === this.#userAgent)
      .map((session) => session.child("key")?.text ?? "")
      .filter((key) => key !== "" && !this.#known.has(key));
  }
}

function listing({ propertyCollector, sessionManager }: ServiceContent): SoapCall {
  return {
    operation: "list the sessions",
    method: "RetrieveProperties",
    target: propertyCollector,
    parameters: {
      specSet: {
        propSet: { type: sessionManager.type, pathSet: "sessionList" },
        objectSet: { obj: referenceContent(sessionManager) },
      },
    },
  };
}

function ending({ sessionManager }: ServiceContent, keys: readonly string[]): SoapCall {
  return {
    operation: "end the sessions of logins whose answers were lost",
    method: "TerminateSession",
    target: sessionManager,
    parameters: { sessionId: [...keys] },
  };
}
