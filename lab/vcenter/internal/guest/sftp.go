package guest

import (
	"io"
	"os"

	"github.com/pkg/sftp"
)

// serveSFTP takes files by sftp. The guest has no file system: directories are made without a trace and nothing can
// be read back.
func (run *run) serveSFTP(channel io.ReadWriteCloser) int {
	server := sftp.NewRequestServer(channel, sftp.Handlers{
		FileGet: nothingThere{}, FilePut: incoming{run}, FileCmd: obliging{}, FileList: nothingThere{},
	})
	defer server.Close()
	if err := server.Serve(); err != nil && err != io.EOF {
		return 1
	}
	return 0
}

type incoming struct {
	run *run
}

// Filewrite opens a file for writing.
func (incoming incoming) Filewrite(request *sftp.Request) (io.WriterAt, error) {
	return &sftpFile{upload: newUpload(request.Filepath), run: incoming.run}, nil
}

// sftpFile is recorded when the client closes it.
type sftpFile struct {
	*upload

	run *run
}

// Close records the file.
func (file *sftpFile) Close() error {
	file.run.keep(file.upload)
	return nil
}

type obliging struct{}

// Filecmd agrees to everything: new directories, modes, renames, removals.
func (obliging) Filecmd(*sftp.Request) error { return nil }

type nothingThere struct{}

// Fileread finds no file.
func (nothingThere) Fileread(*sftp.Request) (io.ReaderAt, error) { return nil, os.ErrNotExist }

// Filelist finds no file.
func (nothingThere) Filelist(*sftp.Request) (sftp.ListerAt, error) { return nil, os.ErrNotExist }
