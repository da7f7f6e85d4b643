export { CloudLink, type CommandHandler } from './cloud';
export { LocalBus } from './local';
export { PartnerFeed } from './partner';
