/** Tables from the standard's headings to other catalogues, a data file each. A cell that nobody could vouch for is absent. */
import aamiTir8000122 from './aami-tir-80001-2-2.json' with { type: 'json' };
import aamiTir57 from './aami-tir57.json' with { type: 'json' };
import bimcoGuidelines from './bimco-guidelines.json' with { type: 'json' };
import clsiAuto11A2 from './clsi-auto11-a2.json' with { type: 'json' };
import cwe from './cwe.json' with { type: 'json' };
import en180311 from './en-18031-1.json' with { type: 'json' };
import en180312 from './en-18031-2.json' with { type: 'json' };
import en180313 from './en-18031-3.json' with { type: 'json' };
import etsiTr103309 from './etsi-tr-103-309.json' with { type: 'json' };
import etsiTr103331 from './etsi-tr-103-331.json' with { type: 'json' };
import etsiTr103421 from './etsi-tr-103-421.json' with { type: 'json' };
import etsiTs103305 from './etsi-ts-103-305.json' with { type: 'json' };
import euCra from './eu-cra.json' with { type: 'json' };
import hipaa from './hipaa.json' with { type: 'json' };
import iasmeGovernance from './iasme-governance.json' with { type: 'json' };
import iasmeIot from './iasme-iot.json' with { type: 'json' };
import iec624431 from './iec-62443-1.json' with { type: 'json' };
import iec624432 from './iec-62443-2.json' with { type: 'json' };
import iec624433 from './iec-62443-3.json' with { type: 'json' };
import iec6244341 from './iec-62443-4-1.json' with { type: 'json' };
import iec6244342 from './iec-62443-4-2.json' with { type: 'json' };
import imoMscFal1Circ3 from './imo-msc-fal1-circ3.json' with { type: 'json' };
import iso15408 from './iso-15408.json' with { type: 'json' };
import iso22301 from './iso-22301.json' with { type: 'json' };
import iso27000 from './iso-27000.json' with { type: 'json' };
import iso27001 from './iso-27001.json' with { type: 'json' };
import iso27002 from './iso-27002.json' with { type: 'json' };
import iso800011 from './iso-80001-1.json' with { type: 'json' };
import nistCsf from './nist-csf.json' with { type: 'json' };
import nistSp800171 from './nist-sp-800-171.json' with { type: 'json' };
import nistSp80053 from './nist-sp-800-53.json' with { type: 'json' };
import nistir8259a from './nistir-8259a.json' with { type: 'json' };
import owaspIotTop10 from './owasp-iot-top-10.json' with { type: 'json' };
import owaspIsvs from './owasp-isvs.json' with { type: 'json' };
import ukPsti from './uk-psti.json' with { type: 'json' };
import ul29001 from './ul-2900-1.json' with { type: 'json' };
import ul290021 from './ul-2900-2-1.json' with { type: 'json' };
import ul290022 from './ul-2900-2-2.json' with { type: 'json' };
import type { Crosswalk } from './crosswalk.js';

export const crosswalks = [
  aamiTir8000122,
  aamiTir57,
  bimcoGuidelines,
  clsiAuto11A2,
  cwe,
  en180311,
  en180312,
  en180313,
  etsiTr103309,
  etsiTr103331,
  etsiTr103421,
  etsiTs103305,
  euCra,
  hipaa,
  iasmeGovernance,
  iasmeIot,
  iec624431,
  iec624432,
  iec624433,
  iec6244341,
  iec6244342,
  imoMscFal1Circ3,
  iso15408,
  iso22301,
  iso27000,
  iso27001,
  iso27002,
  iso800011,
  nistCsf,
  nistSp800171,
  nistSp80053,
  nistir8259a,
  owaspIotTop10,
  owaspIsvs,
  ukPsti,
  ul29001,
  ul290021,
  ul290022,
] as unknown as readonly Crosswalk[];
