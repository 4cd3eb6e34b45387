import { LiveView } from "../../components/dynamic/liveView";
import { readFacts } from "../../components/preflight/readFacts";
import type { Wanted } from "../../preflight/check";
import { connectionFinding } from "../../preflight/connectionFinding";
import { preflight, type PreflightReport } from "../../preflight/run";
import { withoutFacts } from "../../preflight/withoutFacts";
import {
  isVCenterError,
  withVCenter,
  type AboutVCenter,
  type VCenterClient,
  type VCenterConnection,
  type VCenterError,
} from "../../vcenter";

/**
 * Looks at vCenter once, and says what the checks make of it. A vCenter that cannot be asked is a report as well.
 *
 * @param userAgent the name under which vCenter lists the session
 */
export async function look(
  wanted: Wanted,
  connection: VCenterConnection,
  userAgent: string,
): Promise<PreflightReport> {
  try {
    return await withVCenter(connection, { userAgent }, async (client) => {
      try {
        return preflight(wanted, await readFacts(new LiveView(client), wanted, connection.user));
      } catch (error) {
        if (!isVCenterError(error)) throw error;
        return withoutFacts(connectionFinding(error, connection), await aboutAfter(error, client));
      }
    });
  } catch (error) {
    if (!isVCenterError(error)) throw error;
    return withoutFacts(connectionFinding(error, connection));
  }
}

/** Which vCenter it is, where it may still say so. */
async function aboutAfter(
  { kind }: VCenterError,
  client: VCenterClient,
): Promise<AboutVCenter | undefined> {
  if (["unreachable", "untrustedCertificate", "timeout"].includes(kind)) return undefined;
  return client.about().catch(() => undefined);
}
