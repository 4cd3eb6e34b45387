packer {
  required_version = ">= 1.11.0"

  required_plugins {
    # 2.x is the present line of the plugin. Only options that 1.4.2 has too are used, so that either will do.
    vsphere = {
      source  = "github.com/vmware/vsphere"
      version = ">= 1.4.2, < 3.0.0"
    }
  }
}
