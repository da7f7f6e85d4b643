// Stands in for @vscode/native-watchdog, which would have to be compiled. It ends an extension host whose server is
// gone; the extension host looks for that itself once a second, and session.ts ends the whole process group.

exports.start = () => {};
