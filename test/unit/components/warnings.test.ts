import assert from "node:assert/strict";
import type { VCenterConnection } from "../../../vcenter";
import { rootCertificates } from "node:tls";
import {
  connectionWarnings as connectionFindings,
  sizeWarnings as sizeFindings,
} from "../../../components/warnings";
import { TestAuthority } from "../vcenter/support/certificates";
import { sentencesOf } from "../../support/pointers";

const connection: VCenterConnection = {
  server: "vcenter.example.com",
  user: "administrator@vsphere.local",
  password: "not-shown",
  insecure: false,
};

const connectionWarnings = (connection: VCenterConnection): string[] =>
  sentencesOf([...connectionFindings(connection)]);
const sizeWarnings = (handedOver: string): string[] => sentencesOf([...sizeFindings(handedOver)]);

describe("warnings about the connection", () => {
  it("are none for the system's certificates", () => {
    assert.deepEqual(connectionWarnings(connection), []);
  });

  it("say that any certificate is accepted", () => {
    const [warning] = connectionWarnings({ ...connection, insecure: true });
    assert.match(warning ?? "", /^vsphere:allowUnverifiedSsl: .*vcenter\.example\.com/);
  });

  it("are none for a certificate authority that the system trusts too", () => {
    const certificateAuthority = rootCertificates[0] ?? "";
    assert.deepEqual(connectionWarnings({ ...connection, certificateAuthority }), []);
  });

  it("say what to do about one that the vSphere provider does not know", () => {
    const certificateAuthority = new TestAuthority("nobody's authority").certificate;
    const warnings = connectionWarnings({ ...connection, certificateAuthority });
    assert.equal(warnings.length, 1);
    assert.match(warnings[0] ?? "", /^deckhouse-vsphere:caBundle: .*SSL_CERT_FILE/);
  });
});

describe("warnings about the size of the configuration", () => {
  it("are none for a usual one", () => {
    assert.deepEqual(sizeWarnings("x".repeat(95 * 1024)), []);
  });

  it("tell of one that the engine will soon not hand over, in bytes and not in characters", () => {
    const [warning, ...others] = sizeWarnings("ü".repeat(50 * 1024));
    assert.deepEqual(others, []);
    assert.match(
      warning ?? "",
      /^the stack configuration: it has 100 KiB, and from 128 KiB on .*datastoresFile/,
    );
  });
});
