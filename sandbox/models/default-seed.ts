import type { Accommodation, Hotelier, LegacyKey, Network, Seed } from './seed'

/** Every seeded hotelier's password. The sandbox shows it on its sign-in page: it protects nothing. */
export const SEED_PASSWORD = 'hotel'

type Row = readonly [id: string, name: string, city: string, zip: string, latitude: number, longitude: number]
type Country = { readonly country: string; readonly currency: string; readonly timeZone: string }
type Account = { readonly name: string; readonly email: string; readonly network?: { id: string; name: string }; readonly rows: readonly Row[] } & Country

const italy: Country = { country: 'IT', currency: 'EUR', timeZone: 'Europe/Rome' }
const spain: Country = { country: 'ES', currency: 'EUR', timeZone: 'Europe/Madrid' }
const germany: Country = { country: 'DE', currency: 'EUR', timeZone: 'Europe/Berlin' }
const france: Country = { country: 'FR', currency: 'EUR', timeZone: 'Europe/Paris' }
const japan: Country = { country: 'JP', currency: 'JPY', timeZone: 'Asia/Tokyo' }
const portugal: Country = { country: 'PT', currency: 'EUR', timeZone: 'Europe/Lisbon' }

/** All of it is invented: no such people, houses or addresses. */
const accounts: Readonly<Record<string, Account>> = {
  'giulia.rossi': {
    ...italy,
    name: 'Giulia Rossi',
    email: 'giulia.rossi@rossi-collection.example',
    network: { id: '310045', name: 'Rossi Collection Roma' },
    rows: [
      ['310046', 'Hotel Fontana Chiara', 'Roma', '00187', 41.9009, 12.4833],
      ['310051', 'Residenza Trastevere 12', 'Roma', '00153', 41.8881, 12.4694],
      ['310058', 'Palazzo Aurelia', 'Roma', '00165', 41.8986, 12.4478],
      ['310063', 'Hotel Sette Pini', 'Roma', '00184', 41.8925, 12.4966],
      ['310070', 'Monti Garden Suites', 'Roma', '00184', 41.8953, 12.4923],
      ['310077', 'Villa dei Glicini', 'Frascati', '00044', 41.8081, 12.6803],
      ['310082', 'Albergo del Ponte', 'Roma', '00186', 41.9022, 12.4663],
      ['310089', 'Testaccio Loft', 'Roma', '00153', 41.8769, 12.4758],
      ['310094', 'Ostia Lido Apartments', 'Ostia', '00121', 41.7322, 12.2763],
    ],
  },
  'marco.bianchi': {
    ...italy,
    name: 'Marco Bianchi',
    email: 'marco@locandabianchi.example',
    rows: [
      ['324410', 'Locanda Bianchi', 'Venezia', '30121', 45.4416, 12.3209],
      ['324417', 'Ca’ del Lume', 'Venezia', '30123', 45.4325, 12.3276],
      ['324425', 'Giardino Torcello', 'Torcello', '30142', 45.4984, 12.4172],
      ['324431', 'Burano Colori B&B', 'Burano', '30142', 45.4853, 12.4167],
    ],
  },
  'elena.ferri': {
    ...italy,
    name: 'Elena Ferri',
    email: 'elena.ferri@villamare.example',
    rows: [
      ['337203', '<b>Villa</b> & "Mare" <img src=x onerror=alert(1)>', 'Amalfi', '84011', 40.634, 14.6027],
      ['337210', 'Limonaia di Ravello', 'Ravello', '84010', 40.6492, 14.6117],
      ['337218', 'Casa Positano Alta', 'Positano', '84017', 40.6281, 14.485],
    ],
  },
  'carmen.ruiz': {
    ...spain,
    name: 'Carmen Ruiz',
    email: 'carmen.ruiz@costaserena.example',
    network: { id: '402100', name: 'Costa Serena Stays' },
    rows: [
      ['402101', 'Hotel Costa Serena', 'Lloret de Mar', '17310', 41.6994, 2.8453],
      ['402108', 'Apartamentos Cala Blava', 'Tossa de Mar', '17320', 41.7211, 2.9317],
      ['402115', 'Masia Can Rovira', 'Girona', '17007', 41.9794, 2.8214],
      ['402122', 'Hostal Puerto Viejo', 'Palamós', '17230', 41.8483, 3.1289],
      ['402129', 'Gràcia Terrace Rooms', 'Barcelona', '08012', 41.4036, 2.1565],
      ['402136', 'Hotel Mirador del Ebro', 'Tortosa', '43500', 40.8126, 0.5211],
      ['402143', 'Casa Azahar', 'Valencia', '46003', 39.4765, -0.3754],
      ['402150', 'Peñíscola Mar Suites', 'Peñíscola', '12598', 40.3578, 0.4069],
    ],
  },
  'hans.becker': {
    ...germany,
    name: 'Hans Becker',
    email: 'h.becker@gasthof-becker.example',
    rows: [
      ['455301', 'Gasthof Becker', 'Garmisch-Partenkirchen', '82467', 47.4917, 11.0955],
      ['455309', 'Pension Müllerhof', 'Berchtesgaden', '83471', 47.6306, 13.0006],
      ['455316', 'Hotel Zur alten Mühle', 'Rothenburg ob der Tauber', '91541', 49.3801, 10.1867],
      ['455322', 'Apartmenthaus Isar 9', 'München', '80469', 48.1285, 11.5741],
      ['455330', 'Großer Kurfürst Suites', 'Berlin', '10117', 52.5163, 13.3889],
    ],
  },
  'claire.martin': {
    ...france,
    name: 'Claire Martin',
    email: 'claire.martin@hotelsdulac.example',
    rows: [
      ['478802', 'Hôtel du Lac Bleu', 'Annecy', '74000', 45.8992, 6.1294],
      ['478810', 'Chalet des Trois Sapins', 'Chamonix', '74400', 45.9237, 6.8694],
      ['478817', 'Maison Éloïse', 'Lyon', '69005', 45.7597, 4.8271],
      ['478825', 'L’Auberge de la Rivière', 'Colmar', '68000', 48.0794, 7.3585],
      ['478831', 'Studio Canal Saint-Martin', 'Paris', '75010', 48.8718, 2.3652],
    ],
  },
  'yuki.tanaka': {
    ...japan,
    name: '田中 由紀',
    email: 'yuki.tanaka@sakuraniwa.example',
    rows: [
      ['590114', '旅館 さくら庭', '京都市', '604-0901', 35.0142, 135.7681],
      ['590121', '湯元 雪の宿', '箱根町', '250-0522', 35.2046, 139.0252],
      ['590128', 'Asakusa Lantern Inn', '東京', '111-0032', 35.7148, 139.7967],
      ['590135', '海辺の民宿 なぎさ', '鎌倉市', '248-0021', 35.3055, 139.5446],
    ],
  },
  'ana.silva': {
    ...portugal,
    name: 'Ana Silva',
    email: 'ana@quintadasoliveiras.example',
    rows: [
      ['611402', 'Quinta das Oliveiras', 'Évora', '7000-503', 38.5714, -7.9135],
      ['611409', 'Casa do Pátio', 'Lisboa', '1100-053', 38.7118, -9.1313],
      ['611417', 'Ribeira Nova Guesthouse', 'Porto', '4050-510', 41.1407, -8.6132],
    ],
  },
}

/** The world that a sandbox starts with: one API client, eight accounts (two of them networks), 41 lodgings. */
export const defaultSeed: Seed = {
  apiClients: [
    {
      clientId: 'keyrack-sandbox',
      clientSecret: 'sbx_secret_7d3f0b8a52c94e61a0f4c2e89b517d36',
      name: 'Keyrack (sandbox)',
      environment: 'SANDBOX',
      redirectUris: ['https://localhost'],
    },
  ],
  accommodations: Object.values(accounts).flatMap(toAccommodations),
  networks: Object.values(accounts).flatMap(toNetworks),
  hoteliers: Object.entries(accounts).map(toHotelier),
  legacyKeys: ['455301', '455309', '455316', '455322', '455330', '478802', '478810'].map(toLegacyKey),
}

/** Keys of the deprecated API, for lodgings that nobody has connected yet. */
function toLegacyKey(accommodation: string): LegacyKey {
  return { key: `sbx_legacy_${accommodation}_f3a91c`, accommodation, clientId: 'keyrack-sandbox' }
}

function toAccommodations({ country, currency, timeZone, rows }: Account): Accommodation[] {
  return rows.map(([id, name, city, zip, latitude, longitude]) => ({ id, name, currency, timeZone, city, country, zip, latitude, longitude }))
}

function toNetworks({ network, rows }: Account): Network[] {
  const accommodations = rows.map(([id]) => id)
  const [root] = accommodations
  return network && root !== undefined ? [{ ...network, root, accommodations }] : []
}

function toHotelier([username, { name, email, network, rows }]: [string, Account]): Hotelier {
  const accommodations = rows.map(([id]) => id)
  return { username, password: SEED_PASSWORD, name, email, accommodations, ...(network && { network: network.id }) }
}
