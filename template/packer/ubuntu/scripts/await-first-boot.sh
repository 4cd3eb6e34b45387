#!/bin/sh
# Waits until cloud-init has done what the installer left for the first boot. On 24.04, its last step is to disable itself,
# which would otherwise happen after this build has enabled it again for the nodes.
set -eu

# Whether it succeeded for the installer does not matter: everything is reset, and verify.sh checks the result.
cloud-init status --wait || true
