import { Missing } from '../components/ui/Missing';

export default function NotFound() {
  return <Missing />;
}
