import { randomUUID } from "node:crypto";
import { propertiesOf, referenceContent } from "./references";
import type { ServiceContent } from "./serviceContent";
import type { SoapCall } from "./soapServices";
import type { XmlElement } from "./xml";

/**
 * Tells the sessions of one opening of the client from all others in vCenter's list: when the answer to a login is lost,
 * nobody knows the session's cookie, but its User-Agent is in the list. So each opening logs in with one of its own, and
 * what has it is surely ours.
 *
 * Source: Broadcom, VI JSON API, SessionManager (`sessionList`, TerminateSession: Sessions.TerminateSession is needed),
 * UserSession (`key`, `userAgent`).
 */
export class OwnSessions {
  /** The User-Agent header of logins. */
  readonly userAgent: string;
  readonly #known = new Set<string>();

  /** @param userAgent that of all other calls */
  constructor(userAgent: string) {
    this.userAgent = `${userAgent} (login ${randomUUID()})`;
  }

  /** Remembers a session that is ended by logging out. @param session the answer to its login, a UserSession */
  know(session: XmlElement | undefined): void {
    const key = session?.child("key")?.text;
    if (key) this.#known.add(key);
  }

  /** The call that lists all sessions. */
  listing({ propertyCollector, sessionManager }: ServiceContent): SoapCall {
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

  /** The keys of our sessions in an answer to {@link listing} of which we have no cookie; undefined if it may not be read. */
  lost([object]: readonly XmlElement[]): string[] | undefined {
    const list = object && propertiesOf(object).get("sessionList");
    return list
      ?.children("UserSession")
      .filter((session) => session.child("userAgent")?.text === this.userAgent)
      .map((session) => session.child("key")?.text ?? "")
      .filter((key) => key !== "" && !this.#known.has(key));
  }

  /** The call that ends sessions. */
  ending({ sessionManager }: ServiceContent, keys: readonly string[]): SoapCall {
    return {
      operation: "end the sessions of logins whose answers were lost",
      method: "TerminateSession",
      target: sessionManager,
      parameters: { sessionId: [...keys] },
    };
  }
}
