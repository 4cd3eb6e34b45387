locals {
  # Functions resolve relative paths from this folder, provisioners from where Packer was started.
  folder = abspath(path.root)

  template_name = "${var.os_family}-${var.os_codename}-${var.os_version}${var.image_name_suffix}"

  # A point release moves from the first address to the second when a newer one comes out.
  iso_urls = distinct([
    var.os_iso_url,
    regex_replace(var.os_iso_url, "^https://releases\\.ubuntu\\.com/", "https://old-releases.ubuntu.com/releases/"),
  ])

  user_data = templatefile("${local.folder}/autoinstall/user-data.pkrtpl", {
    username = var.connection_username
    # Ubuntu's crypt is libxcrypt, which supports bcrypt as well as the usual SHA-512, which Packer cannot compute.
    password_hash = bcrypt(var.connection_password)
  })
}

source "vsphere-iso" "ubuntu" {
  vcenter_server      = var.vcenter_server
  username            = var.vcenter_username
  password            = var.vcenter_password
  insecure_connection = var.vcenter_insecure_connection

  datacenter    = var.vcenter_datacenter
  cluster       = var.vcenter_cluster
  host          = var.vcenter_host
  resource_pool = var.vcenter_resource_pool
  datastore     = var.vcenter_datastore
  folder        = var.vcenter_folder

  vm_name       = local.template_name
  notes         = "Ubuntu ${var.os_version} (${var.os_codename}) for nodes of Deckhouse, from ${basename(var.os_iso_url)}"
  vm_version    = var.vm_hardware_version
  guest_os_type = var.guest_os_type
  # The default for clones; a system installed for EFI would not boot with it.
  firmware  = "bios"
  CPUs      = var.num_cpu
  cpu_cores = var.num_cores
  RAM       = var.vm_ram

  disk_controller_type = ["pvscsi"]
  storage {
    disk_size = var.root_disk_size
    # A clone gets the type of disk that is configured for its machine.
    disk_thin_provisioned = true
  }

  network_adapters {
    network      = var.vm_network
    network_card = var.nic_type
  }

  iso_urls     = local.iso_urls
  iso_checksum = var.iso_checksum
  remove_cdrom = true

  http_content = {
    "/meta-data"   = ""
    "/vendor-data" = ""
    "/user-data"   = local.user_data
  }
  boot_wait    = var.boot_wait
  boot_command = var.boot_command

  ip_wait_timeout   = var.ip_wait_timeout
  ip_settle_timeout = var.ip_settle_timeout

  communicator = "ssh"
  ssh_username = var.connection_username
  ssh_password = var.connection_password
  ssh_port     = var.ssh_port
  ssh_timeout  = var.ssh_timeout
  # The SSH server is up before cloud-init has created the account; logins that are refused until then mean nothing.
  ssh_handshake_attempts = 1000

  # No shutdown command: by then no account can become root any more, and VMware Tools shut the guest down.
  shutdown_timeout    = var.shutdown_timeout
  convert_to_template = true
}

build {
  sources = ["source.vsphere-iso.ubuntu"]

  provisioner "shell" {
    execute_command  = "sudo --non-interactive env {{ .Vars }} sh '{{ .Path }}'"
    environment_vars = ["BUILD_ACCOUNT=${var.connection_username}"]
    scripts = [
      "${local.folder}/scripts/await-first-boot.sh",
      "${local.folder}/scripts/check-network-interface.sh",
      "${local.folder}/scripts/install-packages.sh",
      "${local.folder}/scripts/configure-cloud-init.sh",
      "${local.folder}/scripts/reset-identity.sh",
      "${local.folder}/scripts/remove-traces.sh",
    ]
  }

  # One script, because after the first part the build account can no longer become root for the second.
  provisioner "shell" {
    execute_command  = "sudo --non-interactive env {{ .Vars }} sh '{{ .Path }}'"
    environment_vars = ["BUILD_ACCOUNT=${var.connection_username}"]
    inline = [
      file("${local.folder}/scripts/lock-accounts.sh"),
      file("${local.folder}/scripts/verify.sh"),
    ]
  }
}
