import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { labFolders } from "../../../scripts/lab/folders";
import type { Simulator } from "../../../scripts/lab/simulator";

/**
 * Runs a `govc` command on a simulated vCenter, in a session that ends with it, and gives what it prints.
 * @throws Error when the command fails
 */
export async function govc(simulator: Simulator, ...args: readonly string[]): Promise<string> {
  const { user, password } = simulator.connection;
  const environment = {
    GOVC_URL: simulator.url,
    GOVC_USERNAME: user,
    GOVC_PASSWORD: password,
    GOVC_TLS_CA_CERTS: simulator.certificateAuthorityFile,
    GOVC_PERSIST_SESSION: "false",
  };
  const program = join(labFolders().bin, "govc");
  const { stdout } = await promisify(execFile)(program, [...args], { env: environment });
  return stdout;
}
