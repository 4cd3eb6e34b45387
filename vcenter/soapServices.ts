import type { CallDescription } from "./errors";
import type { ManagedObjectReference } from "./references";
import type { XmlContent } from "./xml";

/** The cookie of a session. */
export const sessionCookie = "vmware_soap_session";

/** One of the SOAP services of a vCenter. There is one login for all of them, at {@link vim25}. */
export interface SoapService {
  /** Where it is asked. */
  readonly path: string;
  /** The XML namespace of its methods. */
  readonly namespace: string;
  /** The header SOAPAction: the oldest version of the API that is supported; newer vCenters answer in its terms. */
  readonly action: string;
  /** What tells the session of a call to this service. */
  session(cookie: string): SessionProof;
}

/** One method of a managed object; the arguments in the order of the WSDL, which vCenter insists on. */
export interface SoapCall extends CallDescription {
  readonly method: string;
  readonly target: ManagedObjectReference;
  readonly parameters: Readonly<Record<string, XmlContent>>;
  /** Must not be carried out twice; what transport.ts calls the role `once`. All others may be repeated. */
  readonly once?: boolean;
  /** Which service has the object; {@link vim25} unless told otherwise. */
  readonly service?: SoapService;
}

/** What a call carries so that it counts as one of a session. */
export interface SessionProof {
  readonly httpHeaders: Readonly<Record<string, string>>;
  /** The content of the SOAP header; empty when there is none. */
  readonly soapHeader: Readonly<Record<string, XmlContent>>;
}

/** A call without a session. */
export const noSession: SessionProof = { httpHeaders: {}, soapHeader: {} };

/** The Web Services API: all that is in the inventory. */
export const vim25: SoapService = {
  path: "/sdk",
  namespace: "urn:vim25",
  action: "urn:vim25/7.0",
  session: (cookie) => ({ ...noSession, httpHeaders: { cookie: `${sessionCookie}=${cookie}` } }),
};

/**
 * The storage policy service (Storage Policy API). It takes no HTTP cookie but the cookie's value in the SOAP
 * header, without the quotes around it (VMware's pyvmomi-community-samples, `create_storage_policy.py`; govmomi's
 * `pbm/client.go`).
 */
export const storagePolicyService: SoapService = {
  path: "/pbm/sdk",
  namespace: "urn:pbm",
  action: "urn:pbm/2.0",
  session: (cookie) => ({ ...noSession, soapHeader: { vcSessionCookie: unquoted(cookie) } }),
};

/** The value of a cookie without the quotes that vCenter puts around it. */
export function unquoted(cookie: string): string {
  return cookie.replace(/^"(.*)"$/, "$1");
}
