import { HomeRedirect } from '../components/board/HomeRedirect';

export default function HomePage() {
  return <HomeRedirect />;
}
