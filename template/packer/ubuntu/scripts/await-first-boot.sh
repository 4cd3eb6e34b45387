#!/bin/sh
# Waits until cloud-init has done what the installer left for the first boot. On 24.04 the last of it is to switch itself
# off, which would otherwise happen after it has been switched on again for the nodes.
set -eu

# How well it did for the installer does not matter: all of it is reset, and verify.sh looks at the result.
cloud-init status --wait || true
