import { shownValue, type Finding } from "../findings/finding";
import { principalParts } from "../findings/principals";
import type { VCenterConnection, VCenterError } from "../vcenter";
import { isVCenterError } from "../vcenter/offline";

/** What the words need of the connection. */
export type AskedConnection = Pick<VCenterConnection, "server" | "user" | "certificateAuthority">;

/** What differs from failure to failure. */
type Parts = Pick<Finding, "where" | "found" | "wrong" | "remedy">;

const serverKey = "vsphere:vsphereServer";
const userKey = "vsphere:user";
const authorityKey = "deckhouse-vsphere:caBundle";

const consequence = "so nothing of vCenter could be looked at";

const correctServer = `correct ${serverKey}, or VSPHERE_SERVER`;

/**
 * Says why vCenter could not be asked, as any other finding: which setting is to blame, what it leads to, and what to do.
 *
 * @param error what the look at vCenter failed with
 * @param connection where it was to be, and as whom
 */
export function connectionFinding(error: Error, connection: AskedConnection): Finding {
  const parts = isVCenterError(error)
    ? partsOf(error, connection)
    : atServer(connection, error.message, correctServer);
  return { severity: "error", ...parts, consequence, topic: "connection" };
}

function partsOf(error: VCenterError, connection: AskedConnection): Parts {
  const { kind, answer, remedy, operation } = error;
  switch (kind) {
    case "untrustedCertificate":
      return certificateParts(error, connection);
    case "invalidLogin":
      return loginParts(error, connection);
    case "unreachable":
      return atServer(connection, answer, reachingRemedy(error));
    case "timeout":
      return atServer(
        connection,
        answer,
        `${correctServer}, or see what drops the packets on the way (firewall, VPN), or what vCenter is busy with`,
      );
    default:
      if (operation === "read the connection settings") return settingParts(error, connection);
      if (isOfNoVCenter(error)) {
        return atServer(
          connection,
          `what answers there is not a vCenter: ${answer}`,
          `${correctServer}; if it is right, see which proxy or web server answers in vCenter's place`,
        );
      }
      if (kind === "noPermission") {
        return atUser(
          connection,
          `vCenter does not let it ${operation}: ${answer}`,
          "grant the account what docs/vcenter-rights.md lists, or log in with another one",
        );
      }
      if (kind === "tooManySessions" || kind === "unauthenticated") {
        return atUser(connection, `vCenter refuses to ${operation}: ${answer}`, remedy);
      }
      return atServer(connection, `vCenter failed to ${operation}: ${answer}`, remedy);
  }
}

/** An answer that names no fault of vCenter came from something else; what is busy or broken may be one. */
function isOfNoVCenter({ kind, code }: VCenterError): boolean {
  const isBusy = ["unavailable", "serverError", "cancelled", "tooManySessions"].includes(kind);
  return code === "" && !isBusy;
}

function reachingRemedy({ code, remedy }: VCenterError): string {
  switch (code) {
    case "PROXY":
      return remedy;
    case "ENOTFOUND":
      return `${correctServer}, or have DNS know the name on this machine`;
    case "EAI_AGAIN":
      return "see to it that this machine reaches its DNS server, and run again";
    case "ECONNREFUSED":
      return `${correctServer} (vCenter listens on 443 unless the address names another port), or wait until vCenter has started`;
    default:
      return code === "EPROTO" || code.startsWith("ERR_SSL_")
        ? `${correctServer}: it has to lead to vCenter's HTTPS port, usually 443`
        : `${correctServer}, or see what is in the way (route, firewall, VPN)`;
  }
}

function certificateParts({ code, answer }: VCenterError, connection: AskedConnection): Parts {
  switch (code) {
    case "ERR_TLS_CERT_ALTNAME_INVALID":
      return atServer(
        connection,
        answer,
        `write a name that is in the certificate into ${serverKey}, or VSPHERE_SERVER`,
      );
    case "CERT_HAS_EXPIRED":
      return atServer(
        connection,
        answer,
        "renew vCenter's certificate (vSphere Client, Administration, Certificate Management), and see that the clock " +
          "of this machine is right",
      );
    case "CERT_NOT_YET_VALID":
      return atServer(connection, answer, "correct the clock of this machine, or of vCenter");
    default:
      return {
        where: authorityKey,
        found:
          connection.certificateAuthority === undefined
            ? "nothing"
            : "certificates of others alone",
        wrong: answer,
        remedy:
          "if that is the authority that you expect, put its PEM (vCenter offers it at " +
          `https://${connection.server}/certs/download.zip) into ${authorityKey}, and for the vSphere provider, which knows ` +
          "the certificates of this machine alone, among the system's, or on Linux export SSL_CERT_FILE with a file that " +
          "holds it; if it is not, somebody is between this machine and vCenter",
      };
  }
}

function loginParts({ answer, code }: VCenterError, connection: AskedConnection): Parts {
  const { user } = connection;
  if (principalParts(user) === undefined) {
    return atUser(
      connection,
      `vCenter refuses the login (${answer}), and the user has no domain`,
      "write it as user@domain, for example administrator@vsphere.local, or DOMAIN\\user, and see that the password is right",
    );
  }
  if (/\block(?:ed)?\b/i.test(answer)) {
    return atUser(
      connection,
      `the account is locked (${answer})`,
      "unlock it (vSphere Client, Administration, Users and Groups), or wait until vCenter does, and correct the password first",
    );
  }
  if (/expired/i.test(`${code} ${answer}`)) {
    return atUser(
      connection,
      `the password has expired (${answer})`,
      "give the account a new password in vCenter, and set it in vsphere:password, or VSPHERE_PASSWORD",
    );
  }
  return atUser(
    connection,
    `vCenter refuses the login (${answer})`,
    "check the user and the password (vsphere:password, or VSPHERE_PASSWORD), and that the account is neither locked nor " +
      "disabled, which vCenter does not tell apart; the login is not tried again, so that it does not get locked",
  );
}

function settingParts(
  { object, answer, remedy }: VCenterError,
  connection: AskedConnection,
): Parts {
  if (object === "user") return atUser(connection, answer, "log in with another account");
  return object === "certificate authority"
    ? { where: authorityKey, wrong: answer, remedy: "give the text of the authority's PEM file" }
    : atServer(connection, answer, remedy);
}

function atServer({ server }: AskedConnection, wrong: string, remedy: string): Parts {
  return { where: serverKey, found: shownValue(serverKey, server), wrong, remedy };
}

function atUser({ user }: AskedConnection, wrong: string, remedy: string): Parts {
  return { where: userKey, found: shownValue(userKey, user), wrong, remedy };
}
