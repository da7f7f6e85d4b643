// The flow editor that installers get for the time of a visit.
module.exports = {
  flowFile: 'flows.json',
  uiHost: '0.0.0.0',
  uiPort: 1880,
  credentialSecret: 'lykta-flows-2024-kallkod',
  contextStorage: { default: { module: 'localfilesystem' } },
  logging: { console: { level: 'info', metrics: false, audit: true } },
};
